import { Type } from '@sinclair/typebox'

export const PageSize = Type.Integer({ minimum: 0, default: 0, description: '0 is 20; more than 100 is 100' })
export const PageToken = Type.String({
	default: '',
	description: '`nextPageToken` of the page before, with the same other parameters',
})
