import { Problem } from '@mercat/order-api/problems'
import {
	CancellationSchema,
	HistorySchema,
	IfMatchHeader,
	OrderIdParams,
	OrderSchema,
	ReferenceSchema,
} from '@mercat/order-api/schemas'
import { type Static, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { isStaff, staffScope } from '../http/authenticate.ts'
import type { FastifyTypeBox } from '../http/fastify-typebox.ts'
import { apiProblemResponses } from '../http/problems/problem-responses.ts'
import { etagOf, isOrderId } from '../order/order.ts'
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

/** What happens to an order after it was placed, in a scope that asks for a sign-in. */
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
			config: { scopes: ['orders:write', staffScope] },
			// The body may be left out.
			preValidation: async (request) => {
				request.body ??= {}
			},
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
			const { reason } = request.body
			const order = await transition(
				{ ...commandOf(request, request.params.id), action: 'cancel', reason },
				request.budget,
			)
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
		async (request): Promise<Static<typeof HistorySchema>> => {
			const order = await needs.findOrder(commandOf(request, request.params.id), request.budget)
			if (order === undefined) throw new Problem('ORDER_NOT_FOUND')
			return {
				history: order.history.map(({ messages: _messages, when, ...entry }) => ({
					...entry,
					when: new Date(when).toISOString(),
				})),
			}
		},
	)
}

function commandOf(
	{ identity, headers }: FastifyRequest,
	id: string,
): Pick<TransitionCommand, 'id' | 'owner' | 'by' | 'ifVersions'> {
	if (!isOrderId(id)) throw new Problem('ORDER_NOT_FOUND')
	return {
		id,
		owner: isStaff(identity) ? undefined : identity.subject,
		by: identity.subject,
		ifVersions: readIfMatch(headers['if-match']),
	}
}
