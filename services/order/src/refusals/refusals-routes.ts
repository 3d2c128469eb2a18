import { RefusalListSchema, RefusalQuerySchema } from '@mercat/order-api/refusal-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'
import { type ListRefusalsNeeds, listRefusals } from './list-refusals.ts'

export type RefusalsRoutesNeeds = ListRefusalsNeeds

/** The route that lists refusals, for a scope that requires a sign-in. */
export function refusalsRoutes(app: FastifyTypeBox, needs: RefusalsRoutesNeeds): void {
	const list = listRefusals(needs)

	app.get(
		'/v1/refusals',
		{
			config: { scopes: [staffScope] },
			schema: {
				operationId: 'listRefusals',
				summary: 'List the refusals of the last day, newest first',
				description:
					'The requests to place or to change an order that were answered with a problem, a second after their answer. Each is kept for a day, if there is room: `notKept` counts the others.',
				tags: ['orders'],
				querystring: RefusalQuerySchema,
				response: { 200: Type.Ref(RefusalListSchema, { description: 'A page of refusals' }) },
			},
		},
		(request) => list(request.query, request.budget),
	)
}
