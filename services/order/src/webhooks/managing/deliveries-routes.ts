import {
	DeliveryIdParams,
	DeliveryListSchema,
	DeliveryQuerySchema,
	DeliverySchema,
	EmptySchema,
	WebhookIdParams,
} from '@mercat/order-api/webhook-schemas'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { type ManageDeliveriesNeeds, manageDeliveries } from './manage-deliveries.ts'

const scopes = ['webhooks:manage']
const tags = ['webhooks']

/** The routes about deliveries to webhooks, for a scope that requires a sign-in. */
export function deliveriesRoutes(app: FastifyTypeBox, needs: ManageDeliveriesNeeds): void {
	const deliveries = manageDeliveries(needs)

	app.get(
		'/v1/webhooks/:id/deliveries',
		{
			config: { scopes, problems: ['WEBHOOK_NOT_FOUND'] },
			schema: {
				operationId: 'listDeliveries',
				summary: 'List the deliveries of a webhook, the newest event first',
				description: 'Each with its latest attempts. An event that was not tried yet has no delivery.',
				tags,
				params: WebhookIdParams,
				querystring: DeliveryQuerySchema,
				response: { 200: Type.Ref(DeliveryListSchema, { description: 'A page of deliveries' }) },
			},
		},
		(request) => deliveries.list(request.params.id, request.query, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/deliveries/:deliveryId/redeliver',
		{
			config: { scopes, problems: ['WEBHOOK_NOT_FOUND', 'DELIVERY_NOT_FOUND'], bodyIsOptional: true },
			schema: {
				operationId: 'redeliverEvent',
				summary: 'Deliver an event again',
				description: 'The attempt follows soon after the answer, also for a delivery that is dead.',
				tags,
				params: DeliveryIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(DeliverySchema, {
						description: 'Pending. Due now, unless an earlier event of its order is pending',
					}),
				},
			},
		},
		(request) => deliveries.redeliver(request.params.id, request.params.deliveryId, request.budget),
	)
}
