import { SalesQuerySchema, SalesSchema } from '@mercat/market-api/sales-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { readScope } from '../http/market-scopes.ts'
import { type ListSalesNeeds, listSales } from './list-sales.ts'

export type SalesRoutesNeeds = ListSalesNeeds

/** The route that tells what orders sell, for a scope that requires a sign-in. */
export function salesRoutes(app: FastifyTypeBox, needs: SalesRoutesNeeds): void {
	const list = listSales(needs)
	app.get(
		'/v1/sales',
		{
			config: { scopes: [readScope] },
			schema: {
				operationId: 'listSales',
				summary: 'Read what orders sell',
				description:
					'Orders, pieces and amounts of each minute, hour or day, by product, category, or status entered. Each transition of each order counts once, at its own time.',
				tags: ['sales'],
				querystring: SalesQuerySchema,
				response: { 200: Type.Ref(SalesSchema, { description: 'A page of rows, the oldest first' }) },
			},
		},
		async ({ query, budget }, reply) => {
			reply.header('cache-control', 'no-store')
			return list(query, budget)
		},
	)
}
