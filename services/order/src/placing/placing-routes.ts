import { OrderRequestSchema } from '@mercat/order-api/order-request'
import { OrderSchema } from '@mercat/order-api/order-schemas'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { valuesOf } from '@mercat/rest-service/header-values'
import { observedOf } from '@mercat/rest-service/observed-request'
import { toProblem } from '@mercat/rest-service/to-problem'
import { Type } from '@sinclair/typebox'
import { etagOf } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { readIdempotencyKey } from './idempotency-key.ts'
import { placeOrderCommand } from './order-request.ts'
import { countOrder } from './orders-total.ts'
import { type PlaceOrderNeeds, placeOrder } from './place-order.ts'
import { tracePlacing } from './trace-placing.ts'

const IdempotencyKeyHeader = Type.Object({
	'idempotency-key': Type.Optional(
		Type.String({ description: 'Required. Made anew for each order, and sent again when the order is sent again' }),
	),
})

const placingProblems: ProblemCode[] = [
	'IDEMPOTENCY_KEY_REQUIRED',
	'IDEMPOTENCY_KEY_INVALID',
	'PRICE_CHANGED',
	'OUT_OF_STOCK',
	'UNKNOWN_PRODUCT',
	'MIXED_CURRENCIES',
	'TOTAL_TOO_LARGE',
	'IDEMPOTENCY_KEY_REUSED',
	'TOO_MANY_UNPAID_ORDERS',
	'CATALOG_ERROR',
	'CATALOG_UNAVAILABLE',
	'CATALOG_TIMEOUT',
]

/** The route that places orders, for a scope that requires a sign-in. */
export function placingRoutes(app: FastifyTypeBox, needs: PlaceOrderNeeds): void {
	const place = tracePlacing(placeOrder(needs), { codeOf: (error) => toProblem(error).code })

	app.post(
		'/v1/orders',
		{
			config: {
				scopes: ['orders:write'],
				problems: placingProblems,
				answerHeaders: ['Location', 'ETag', 'Idempotent-Replayed'],
				countOutcome: countOrder,
				orderOperation: 'place',
			},
			schema: {
				operationId: 'placeOrder',
				summary: 'Place an order',
				description:
					'The catalog prices the order and holds its stock until it is paid or expires. Sent again with the same key and body, it answers with the same order. After an answer of 5xx, send it again: the order is placed at most once.',
				tags: ['orders'],
				headers: IdempotencyKeyHeader,
				body: Type.Ref(OrderRequestSchema),
				response: {
					201: Type.Ref(OrderSchema, {
						description: 'Placed, now or by an earlier copy of this request (`Idempotent-Replayed: true`)',
					}),
				},
			},
		},
		async (request, reply) => {
			const idempotencyKey = readIdempotencyKey(valuesOf('idempotency-key', request.raw.rawHeaders))
			const command = placeOrderCommand(request.identity.subject, idempotencyKey, request.body)
			const observed = observedOf(request.raw)
			observed.resourceId = command.id
			const { order, replayed } = await place(command, request.budget)
			observed.outcome = replayed ? 'replayed' : 'placed'
			if (replayed) reply.header('idempotent-replayed', 'true')
			reply.code(201).header('location', `/v1/orders/${order.id}`).header('etag', etagOf(order))
			return toOrderView(order)
		},
	)
}
