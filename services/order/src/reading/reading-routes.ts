import { isOrderId } from '@mercat/catalog-api/identifiers'
import {
	type History,
	HistorySchema,
	OrderIdParams,
	OrderListSchema,
	OrderQuerySchema,
	OrderSchema,
} from '@mercat/order-api/order-schemas'
import { Problem } from '@mercat/order-api/problem'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import { apiProblemResponses } from '../http/problems/problem-responses.ts'
import { ownerFor, staffScope } from '../http/staff.ts'
import { etagOf, type Order, type OwnedOrderKey } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { type ListOrdersNeeds, listOrders } from './list-orders.ts'

export type ReadingRoutesNeeds = ListOrdersNeeds & {
	/** The order; undefined when it does not exist or has another owner. */
	findOrder(asked: OwnedOrderKey, budget: Budget): Promise<Order | undefined>
}

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
				summary: 'List orders, newest first',
				tags: ['orders'],
				querystring: OrderQuerySchema,
				response: { 200: Type.Ref(OrderListSchema), ...apiProblemResponses(400, 401, 403) },
			},
		},
		(request) => list(request.query, ownerFor(request.identity), request.budget),
	)

	app.get(
		'/v1/orders/:id',
		{
			config: { scopes: ['orders:read', staffScope] },
			schema: {
				summary: 'Read an order',
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(OrderSchema), ...apiProblemResponses(401, 403, 404) },
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
			config: { scopes: ['orders:read', staffScope] },
			schema: {
				summary: 'Every transition of an order',
				tags: ['orders'],
				params: OrderIdParams,
				response: { 200: Type.Ref(HistorySchema), ...apiProblemResponses(401, 403, 404) },
			},
		},
		async (request): Promise<History> => toHistory(await read(request, request.params.id)),
	)
}

function toHistory({ history }: Order): History {
	return {
		history: history.map(({ messages: _messages, when, ...entry }) => ({
			...entry,
			when: new Date(when).toISOString(),
		})),
	}
}
