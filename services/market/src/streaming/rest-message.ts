import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { ResponseRest } from './conflated-stream.ts'

/** What the responses of all streams have beside their parts. */
export function toRestMessage({ initialStateComplete, asOfMs }: ResponseRest) {
	return { initialStateComplete, ...(asOfMs !== undefined && { asOf: toTimestamp(new Date(asOfMs)) }) }
}
