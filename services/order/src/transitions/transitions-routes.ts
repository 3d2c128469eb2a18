import { isOrderId } from '@mercat/catalog-api/identifiers'
import { OrderIdParams, OrderSchema } from '@mercat/order-api/order-schemas'
import { CancellationSchema, IfMatchHeader, ReferenceSchema } from '@mercat/order-api/transition-schemas'
import { Problem } from '@mercat/rest-api/problem'
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyContextConfig, FastifyRequest } from 'fastify'
import { ownerFor, staffScope } from '../http/staff.ts'
import { etagOf } from '../order/order.ts'
import { toOrderView } from '../order/order-view.ts'
import { readIfMatch } from './if-match.ts'
import { type TransitionCommand, type TransitionOrderNeeds, transitionOrder } from './transition-order.ts'

const staffActions = {
	pay: {
		summary: 'Record that an order was paid',
		description: 'Possible while the order is `placed` and before `expiresAt`. The stock is then sold.',
	},
	ship: {
		summary: 'Record that an order was shipped',
		description: 'Possible while the order is `paid`.',
	},
	deliver: {
		summary: 'Record that an order was delivered',
		description: 'Possible while the order is `shipped`.',
	},
} as const

const answers = {
	200: Type.Ref(OrderSchema, { description: 'The order, now or by an earlier copy of this request' }),
}
const config = {
	problems: ['ORDER_NOT_FOUND', 'ORDER_STATE_CONFLICT', 'PRECONDITION_FAILED'],
	answerHeaders: ['ETag'],
} satisfies FastifyContextConfig
// The catalog must have taken note of the sale before an order is shipped.
const problemsOf = {
	pay: config.problems,
	ship: [...config.problems, 'CATALOG_UNAVAILABLE'],
	deliver: config.problems,
} satisfies Record<keyof typeof staffActions, ProblemCode[]>

/** The routes that change orders, for a scope that requires a sign-in. */
export function transitionsRoutes(app: FastifyTypeBox, needs: TransitionOrderNeeds): void {
	const transition = transitionOrder(needs)

	for (const action of Object.keys(staffActions) as (keyof typeof staffActions)[]) {
		app.post(
			`/v1/orders/:id/${action}`,
			{
				config: { ...config, scopes: [staffScope], problems: problemsOf[action], orderOperation: action },
				schema: {
					operationId: `${action}Order`,
					...staffActions[action],
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
			config: { ...config, scopes: ['orders:write', staffScope], bodyIsOptional: true, orderOperation: 'cancel' },
			schema: {
				operationId: 'cancelOrder',
				summary: 'Cancel an order that was not shipped',
				description:
					'Possible while the order is `placed` or `paid`. Its stock can be sold again. Customers cancel their own orders, staff any order.',
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
