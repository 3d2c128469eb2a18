import {
	EmptySchema,
	NewWebhookSchema,
	ReplaySchema,
	WebhookChangeSchema,
	WebhookIdParams,
	WebhookListSchema,
	WebhookSchema,
	WebhookTestSchema,
} from '@mercat/order-api/webhook-schemas'
import { Type } from '@sinclair/typebox'
import type { FastifyTypeBox } from '../../http/fastify-typebox.ts'
import { apiProblemResponses } from '../../http/problems/problem-responses.ts'
import { type ManageWebhooksNeeds, manageWebhooks } from './manage-webhooks.ts'
import { type TestWebhookNeeds, testWebhook } from './test-webhook.ts'

export type WebhooksRoutesNeeds = ManageWebhooksNeeds & TestWebhookNeeds

const config = { scopes: ['webhooks:manage'] }
const configWithoutBody = { ...config, bodyIsOptional: true }
const tags = ['webhooks']
const problems = (...statuses: number[]) => apiProblemResponses(400, 401, 403, 413, ...statuses)

/** The routes that manage webhooks, for a scope that requires a sign-in. */
export function webhooksRoutes(app: FastifyTypeBox, needs: WebhooksRoutesNeeds): void {
	const webhooks = manageWebhooks(needs)
	const test = testWebhook(needs)

	app.post(
		'/v1/webhooks',
		{
			config,
			schema: {
				summary: 'Make a webhook, which begins at the end of the log',
				tags,
				body: Type.Ref(NewWebhookSchema),
				response: {
					201: Type.Ref(WebhookSchema, { description: 'Made. `secret` is shown only now' }),
					...problems(409, 422, 501),
				},
			},
		},
		async (request, reply) => {
			const webhook = await webhooks.create(request.body, request.budget)
			reply.code(201).header('location', `/v1/webhooks/${webhook.id}`)
			return webhook
		},
	)

	app.get(
		'/v1/webhooks',
		{
			config,
			schema: {
				summary: 'List all webhooks',
				tags,
				querystring: Type.Object({}, { additionalProperties: false }),
				response: { 200: Type.Ref(WebhookListSchema), ...apiProblemResponses(400, 401, 403) },
			},
		},
		(request) => webhooks.list(request.budget),
	)

	app.get(
		'/v1/webhooks/:id',
		{
			config,
			schema: {
				summary: 'Read a webhook',
				tags,
				params: WebhookIdParams,
				response: { 200: Type.Ref(WebhookSchema), ...apiProblemResponses(401, 403, 404) },
			},
		},
		(request) => webhooks.read(request.params.id, request.budget),
	)

	app.patch(
		'/v1/webhooks/:id',
		{
			config,
			schema: {
				summary: 'Change, pause or resume a webhook',
				description:
					'A webhook that is resumed, that gets another URL, or that counted as down when its state is set to active, is sent its pending events at once.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(WebhookChangeSchema),
				response: { 200: Type.Ref(WebhookSchema), ...problems(404, 409, 422) },
			},
		},
		(request) => webhooks.change(request.params.id, request.body, request.budget),
	)

	app.delete(
		'/v1/webhooks/:id',
		{
			config: configWithoutBody,
			schema: {
				summary: 'Delete a webhook and its deliveries',
				tags,
				params: WebhookIdParams,
				response: { 204: Type.Null({ description: 'Deleted' }), ...problems(404, 409) },
			},
		},
		async (request, reply) => {
			await webhooks.delete(request.params.id, request.budget)
			reply.code(204)
			return null
		},
	)

	app.post(
		'/v1/webhooks/:id/rotate-secret',
		{
			config: configWithoutBody,
			schema: {
				summary: 'Give a webhook a new secret',
				description: 'The replaced secret signs for a day more, beside the new one.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(WebhookSchema, { description: 'Changed. `secret` is shown only now' }),
					...problems(404, 409, 501),
				},
			},
		},
		(request) => webhooks.rotateSecret(request.params.id, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/test',
		{
			config: configWithoutBody,
			schema: {
				summary: 'Send a test event at once, also to a paused webhook',
				description: 'If a receiver that counts as down takes it, its pending events follow at once.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(WebhookTestSchema, { description: 'What became of the attempt' }),
					...problems(404, 501),
				},
			},
		},
		(request) => test(request.params.id, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/replay',
		{
			config,
			schema: {
				summary: 'Deliver the events after a position again',
				description:
					'A position that the webhook has not reached moves nothing. A receiver that counts as down is tried again at once.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(ReplaySchema),
				response: { 200: Type.Ref(WebhookSchema), ...problems(404, 410) },
			},
		},
		(request) => webhooks.replay(request.params.id, request.body, request.budget),
	)
}
