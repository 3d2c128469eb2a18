import { Problem } from '@mercat/order-api/problems'
import {
	OrderIdParams,
	OrderListSchema,
	OrderQuerySchema,
	OrderRequestSchema,
	OrderSchema,
} from '@mercat/order-api/schemas'
import type { Budget } from '@mercat/service/budget'
import { Type } from '@sinclair/typebox'
import { isStaff, staffScope } from '../http/authenticate.ts'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import { apiProblemResponses } from '../http/problems/problem-responses.ts'
import { etagOf, isOrderId, type Order } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { type ListOrdersNeeds, listOrders } from '../reading/list-orders.ts'
import type { TransitionOrderNeeds } from '../transitions/transition-order.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { placeOrderCommand } from './order-request.ts'
import { type PlaceOrderNeeds, placeOrder } from './place-order.ts'

export type OrdersRoutesDeps = {
	placing: PlaceOrderNeeds
	listing: ListOrdersNeeds
	transitions: TransitionOrderNeeds
	/** The order, if it is the owner's; an undefined owner sees every order. */
	readOrder(asked: { id: string; owner: string | undefined }, budget: Budget): Promise<Order | undefined>
}

const IdempotencyKeyHeader = Type.Object({
	'idempotency-key': Type.Optional(
		Type.String({ description: 'Required. Made anew for each order, and sent again when the order is sent again' }),
	),
})

/** The routes of `/v1/orders`, in a scope that asks for a sign-in. */
export function ordersRoutes(app: FastifyTypeBox, deps: OrdersRoutesDeps): void {
	const place = placeOrder(deps.placing)
	const list = listOrders(deps.listing)

	app.post(
		'/v1/orders',
		{
			config: { scopes: ['orders:write'] },
			schema: {
				summary: 'Place an order',
				tags: ['orders'],
				headers: IdempotencyKeyHeader,
				body: Type.Ref(OrderRequestSchema),
				response: {
					201: Type.Ref(OrderSchema, {
						description: 'Placed, now or by an earlier copy of this request (`Idempotent-Replayed: true`)',
					}),
					...apiProblemResponses(400, 401, 403, 409, 413, 422, 502),
				},
			},
		},
		async (request, reply) => {
			const idempotencyKey = readIdempotencyKey(request.raw.rawHeaders)
			const command = placeOrderCommand(request.identity.subject, idempotencyKey, request.body)
			const { order, replayed } = await place(command, request.budget)
			if (replayed) reply.header('idempotent-replayed', 'true')
			reply.code(201).header('location', `/v1/orders/${order.id}`).header('etag', etagOf(order))
			return toOrderView(order)
		},
	)

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
		(request) => list(request.query, request.identity, request.budget),
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
			const { identity, params } = request
			const owner = isStaff(identity) ? undefined : identity.subject
			const order = isOrderId(params.id) ? await deps.readOrder({ id: params.id, owner }, request.budget) : undefined
			if (order === undefined) throw new Problem('ORDER_NOT_FOUND')
			reply.header('etag', etagOf(order))
			return toOrderView(order)
		},
	)
}
