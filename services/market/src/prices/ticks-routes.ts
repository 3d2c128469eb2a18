import { TicksQuerySchema, TicksSchema } from '@mercat/market-api/tick-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { readScope } from '../http/market-scopes.ts'
import { type ListTicksNeeds, listTicks } from './list-ticks.ts'

export type TicksRoutesNeeds = ListTicksNeeds

const SkuParams = Type.Object({ sku: Type.String({ description: 'The sku of the product' }) })

/** The route that tells the prices of a product as they came, for a scope that requires a sign-in. */
export function ticksRoutes(app: FastifyTypeBox, needs: TicksRoutesNeeds): void {
	const list = listTicks(needs)
	app.get(
		'/v1/ticks/:sku',
		{
			config: { scopes: [readScope], problems: ['PRODUCT_NOT_FOUND'] },
			schema: {
				operationId: 'listTicks',
				summary: 'Read the prices of a product as its source sent them',
				description:
					'The first, highest, lowest and last accepted price of each second, minute, hour or day, and the latest price. Prices that are held or refused are in no bar. The last seconds are complete on the process that follows the source; on others they come within some seconds.',
				tags: ['ticks'],
				params: SkuParams,
				querystring: TicksQuerySchema,
				response: { 200: Type.Ref(TicksSchema, { description: 'A page of bars, the oldest first' }) },
			},
		},
		async ({ params, query, budget }, reply) => {
			reply.header('cache-control', 'no-store')
			return list(params.sku, query, budget)
		},
	)
}
