import { STATUS_CODES } from 'node:http'
import { ProblemSchema } from '@mercat/order-api/problem-schema'
import { type TSchema, Type } from '@sinclair/typebox'

type ProblemResponse = { description: string; content: { 'application/problem+json': { schema: TSchema } } }

/** The problem responses of a route of the API: its own, and the ones of every route of the API. */
export function apiProblemResponses(...statuses: number[]): Record<number, ProblemResponse> {
	return problemResponses(...statuses, 406, 408, 414, 415, 429, 431, 500, 503, 504)
}

/** The problem responses of a route, for its schema. */
export function problemResponses(...statuses: number[]): Record<number, ProblemResponse> {
	return Object.fromEntries(
		statuses.map((status) => [
			status,
			{
				description: STATUS_CODES[status] ?? '',
				content: { 'application/problem+json': { schema: Type.Ref(ProblemSchema) } },
			},
		]),
	)
}
