import { ExplainQuerySchema, ExplanationSchema } from '@mercat/order-api/explanation-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { staffScope } from '../http/staff.ts'
import { type ExplainNeeds, explain } from './explain.ts'
import { readQuestion } from './question.ts'

/** The route that explains orders and requests, for a scope that requires a sign-in. */
export function explainRoutes(app: FastifyTypeBox, needs: ExplainNeeds): void {
	const answer = explain(needs)

	app.get(
		'/v1/explain',
		{
			config: { scopes: [staffScope] },
			schema: {
				operationId: 'explain',
				summary: 'Explain what became of an order or a request',
				description:
					'Asked with `order`, or with `key` and `customerId`, or with `trace`. The sentence rests on the order, its messages and events, the refusals of the last day and the reservation in the catalog. Without the catalog it is answered from the rest.',
				tags: ['orders'],
				querystring: ExplainQuerySchema,
				response: { 200: Type.Ref(ExplanationSchema, { description: 'The explanation with its evidence' }) },
			},
		},
		(request) => answer(readQuestion(request.query), request.budget),
	)
}
