import { isOrderId } from '@mercat/catalog-api/identifiers'
import { OrderIdParams, OrderSchema } from '@mercat/order-api/order-schemas'
import { Problem } from '@mercat/order-api/problem'
import { CancellationSchema, IfMatchHeader, ReferenceSchema } from '@mercat/order-api/transition-schemas'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import { apiProblemResponses } from '../http/problems/problem-responses.ts'
import { ownerFor, staffScope } from '../http/staff.ts'
import { etagOf } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { readIfMatch } from './if-match.ts'
import { type TransitionCommand, type TransitionOrderNeeds, transitionOrder } from './transition-order.ts'

const staffActions = {
	pay: 'Record that an order was paid',
	ship: 'Record that it was shipped',
	deliver: 'Record that it was delivered',
} as const

const answers = {
	200: Type.Ref(OrderSchema, { description: 'The order, now or by an earlier copy of this request' }),
	...apiProblemResponses(400, 401, 403, 404, 409, 412, 413),
}

/** The routes that change orders, for a scope that requires a sign-in. */
export function transitionsRoutes(app: FastifyTypeBox, needs: TransitionOrderNeeds): void {
	const transition = transitionOrder(needs)

	for (const [action, summary] of Object.entries(staffActions) as [keyof typeof staffActions, string][]) {
		app.post(
			`/v1/orders/:id/${action}`,
			{
				config: { scopes: [staffScope] },
				schema: {
					summary,
					tags: ['orders'],
					params: OrderIdParams,
					headers: IfMatchHeader,
					body: Type.Ref(ReferenceSchema),
					response: answers,
				},
			},
			async (request, reply) => {
				const { reference } = request.body
				const order = await transition(
					{ ...commandOf(request, request.params.id), owner: undefined, action, reference },
					request.budget,
				)
				reply.header('etag', etagOf(order))
				return toOrderView(order)
			},
		)
	}

	app.post(
		'/v1/orders/:id/cancel',
		{
			config: { scopes: ['orders:write', staffScope], bodyIsOptional: true },
			schema: {
				summary: 'Cancel an order that was not shipped',
				tags: ['orders'],
				params: OrderIdParams,
				headers: IfMatchHeader,
				body: Type.Ref(CancellationSchema),
				response: answers,
			},
		},
		async (request, reply) => {
			const { reason: why } = request.body
			const order = await transition(
				{ ...commandOf(request, request.params.id), action: 'cancel', why },
				request.budget,
			)
			reply.header('etag', etagOf(order))
			return toOrderView(order)
		},
	)
}

function commandOf(
	{ identity, headers }: FastifyRequest,
	id: string,
): Pick<TransitionCommand, 'id' | 'owner' | 'who' | 'ifVersions'> {
	if (!isOrderId(id)) throw new Problem('ORDER_NOT_FOUND')
	return {
		id,
		owner: ownerFor(identity),
		who: identity.subject,
		ifVersions: readIfMatch(headers['if-match']),
	}
}
