import { isOrderId } from '@mercat/catalog-api/identifiers'
import { OrderEventsSchema } from '@mercat/order-api/order-events-schemas'
import { OrderIdParams } from '@mercat/order-api/order-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'
import { toOrderEvents } from './order-events.ts'
import type { OrderRecord } from './order-record.ts'

export type OrderEventsRoutesNeeds = {
	/** All that the database has about an order; undefined when there is no such order. */
	findRecord(id: string, budget: Budget): Promise<OrderRecord | undefined>
}

/** The route that tells staff what an order has told to others, for a scope that requires a sign-in. */
export function orderEventsRoutes(app: FastifyTypeBox, needs: OrderEventsRoutesNeeds): void {
	app.get(
		'/v1/orders/:id/events',
		{
			config: { scopes: [staffScope], problems: ['ORDER_NOT_FOUND'] },
			schema: {
				operationId: 'getOrderEvents',
				summary: 'Read the events of an order with their deliveries, and its commands to the catalog',
				description:
					'For staff. Each event has a delivery for each webhook that has got it or is still to get it. A webhook that was made later, or gets other types, has none. The commands sell the stock of the order or give it back.',
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(OrderEventsSchema, { description: 'All parts are of one moment' }) },
			},
		},
		async ({ params: { id }, budget }) => {
			const record = isOrderId(id) ? await needs.findRecord(id, budget) : undefined
			if (record === undefined) throw new Problem('ORDER_NOT_FOUND')
			return toOrderEvents(record)
		},
	)
}
