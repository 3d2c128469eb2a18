import { isOrderId } from '@mercat/catalog-api/identifiers'
import {
	type History,
	HistorySchema,
	OrderIdParams,
	OrderListSchema,
	OrderQuerySchema,
	OrderSchema,
} from '@mercat/order-api/order-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import { ownerFor, staffScope } from '../http/staff.ts'
import { etagOf, type Order, type OwnedOrderKey } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { type ListOrdersNeeds, listOrders } from './list-orders.ts'

export type ReadingRoutesNeeds = ListOrdersNeeds & {
	/** The order; undefined when it does not exist or has another owner. */
	findOrder(asked: OwnedOrderKey, budget: Budget): Promise<Order | undefined>
}

const reads = { scopes: ['orders:read', staffScope], problems: ['ORDER_NOT_FOUND'] } satisfies FastifyContextConfig

/** The routes that read orders, for a scope that requires a sign-in. */
export function readingRoutes(app: FastifyTypeBox, needs: ReadingRoutesNeeds): void {
	const list = listOrders(needs)

	async function read({ identity, budget }: FastifyRequest, id: string): Promise<Order> {
		const order = isOrderId(id) ? await needs.findOrder({ id, owner: ownerFor(identity) }, budget) : undefined
		if (order === undefined) throw new Problem('ORDER_NOT_FOUND')
		return order
	}

	app.get(
		'/v1/orders',
		{
			config: { scopes: ['orders:read', staffScope] },
			schema: {
				operationId: 'listOrders',
				summary: 'List orders, newest first',
				description:
					"A customer's own orders; for staff the orders of all customers. `status`, `sku` and `reference` look at some 20,000 orders for a page. So a page may have few orders or none, and `nextPageToken` looks further: `searchedTo` tells how far it has looked.",
				tags: ['orders'],
				querystring: OrderQuerySchema,
				response: { 200: Type.Ref(OrderListSchema, { description: 'A page of orders' }) },
			},
		},
		(request) => list(request.query, ownerFor(request.identity), request.budget),
	)

	app.get(
		'/v1/orders/:id',
		{
			config: { ...reads, answerHeaders: ['ETag'] },
			schema: {
				operationId: 'getOrder',
				summary: 'Read an order',
				description: "Another customer's order does not exist for a customer: it is 404.",
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(OrderSchema, { description: 'The order' }) },
			},
		},
		async (request, reply) => {
			const order = await read(request, request.params.id)
			reply.header('etag', etagOf(order))
			return toOrderView(order)
		},
	)

	app.get(
		'/v1/orders/:id/history',
		{
			config: reads,
			schema: {
				operationId: 'getOrderHistory',
				summary: 'Read every transition of an order',
				description: 'From which status to which, when, who did it and why. The oldest is first.',
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(HistorySchema, { description: 'Its transitions, the oldest first' }) },
			},
		},
		async (request): Promise<History> => toHistory(await read(request, request.params.id)),
	)
}

function toHistory({ history }: Order): History {
	return {
		history: history.map(({ from, to, when, who, why, reference }) => ({
			from,
			to,
			when: new Date(when).toISOString(),
			who,
			why,
			reference,
		})),
	}
}
