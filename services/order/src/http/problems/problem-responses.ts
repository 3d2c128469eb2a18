import { ProblemSchema } from '@mercat/order-api/problem-schema'
import { type TSchema, Type } from '@sinclair/typebox'
import { STATUS_CODES } from '../node-http.ts'

type ProblemResponse = { description: string; content: { 'application/problem+json': { schema: TSchema } } }

/** The responses of a route of the API that end in a problem: its own, and those that any request may get. */
export function apiProblemResponses(...statuses: number[]): Record<number, ProblemResponse> {
	return problemResponses(...statuses, 406, 408, 414, 415, 429, 431, 500, 503, 504)
}

/** The responses of a route that end in a problem, for its schema. */
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
