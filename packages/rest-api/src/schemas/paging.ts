import { longPages, type PageSizes, usualPages } from '@mercat/service/page-sizes'
import { Type } from '@sinclair/typebox'

const pageSizeOf = ({ usual, largest }: PageSizes) =>
	Type.Integer({ minimum: 0, default: 0, description: `0 is ${usual}; more than ${largest} is ${largest}` })

export const PageSize = pageSizeOf(usualPages)
export const LongPageSize = pageSizeOf(longPages)
export const PageToken = Type.String({
	default: '',
	description: '`nextPageToken` of the page before, with the same other parameters',
})
export const NextPageToken = Type.String({ description: 'Empty on the last page' })
