import {
	DeliveryIdParams,
	DeliveryListSchema,
	DeliveryQuerySchema,
	DeliverySchema,
	EmptySchema,
	WebhookIdParams,
} from '@mercat/order-api/webhook-schemas'
import { Type } from '@sinclair/typebox'
import type { FastifyTypeBox } from '../../http/fastify-typebox.ts'
import { apiProblemResponses } from '../../http/problems/problem-responses.ts'
import { type ManageDeliveriesNeeds, manageDeliveries } from './manage-deliveries.ts'

const scopes = ['webhooks:manage']
const tags = ['webhooks']

/** The routes about deliveries to webhooks, for a scope that requires a sign-in. */
export function deliveriesRoutes(app: FastifyTypeBox, needs: ManageDeliveriesNeeds): void {
	const deliveries = manageDeliveries(needs)

	app.get(
		'/v1/webhooks/:id/deliveries',
		{
			config: { scopes },
			schema: {
				summary: 'List the deliveries of a webhook, the newest event first',
				tags,
				params: WebhookIdParams,
				querystring: DeliveryQuerySchema,
				response: { 200: Type.Ref(DeliveryListSchema), ...apiProblemResponses(400, 401, 403, 404) },
			},
		},
		(request) => deliveries.list(request.params.id, request.query, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/deliveries/:deliveryId/redeliver',
		{
			config: { scopes, bodyIsOptional: true },
			schema: {
				summary: 'Deliver an event again',
				tags,
				params: DeliveryIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(DeliverySchema, {
						description: 'Pending. Due now, unless an earlier event of its order is pending',
					}),
					...apiProblemResponses(400, 401, 403, 404, 413),
				},
			},
		},
		(request) => deliveries.redeliver(request.params.id, request.params.deliveryId, request.budget),
	)
}
