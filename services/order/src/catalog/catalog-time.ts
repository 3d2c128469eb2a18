import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { invalidAnswer } from './failures/invalid-answer.ts'

/**
 * A time of the catalog as the REST API has it: ISO 8601 with milliseconds.
 *
 * @throws Problem CATALOG_ERROR when the message is no time
 */
export function toIsoTime(time: Product__Output['createTime']): string {
	const date = new Date(time === null ? Number.NaN : millisecondsOf(time))
	if (Number.isNaN(date.getTime())) throw invalidAnswer('an invalid time')
	return date.toISOString()
}
