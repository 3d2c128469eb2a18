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
import type { ProblemCode } from '@mercat/rest-api/problem-table'
import type { FastifyTypeBox } from '@mercat/rest-service/fastify-typebox'
import { Type } from '@sinclair/typebox'
import { type ManageWebhooksNeeds, manageWebhooks } from './manage-webhooks.ts'
import { type TestWebhookNeeds, testWebhook } from './test-webhook.ts'

export type WebhooksRoutesNeeds = ManageWebhooksNeeds & TestWebhookNeeds

const config = { scopes: ['webhooks:manage'] }
const configWithoutBody = { ...config, bodyIsOptional: true }
const tags = ['webhooks']
const ofOne = ['WEBHOOK_NOT_FOUND'] satisfies ProblemCode[]

/** The routes that manage webhooks, for a scope that requires a sign-in. */
export function webhooksRoutes(app: FastifyTypeBox, needs: WebhooksRoutesNeeds): void {
	const webhooks = manageWebhooks(needs)
	const test = testWebhook(needs)

	app.post(
		'/v1/webhooks',
		{
			config: {
				...config,
				problems: ['TOO_MANY_WEBHOOKS', 'WEBHOOK_TARGET_REFUSED', 'WEBHOOKS_NOT_CONFIGURED'],
				answerHeaders: ['Location'],
			},
			schema: {
				operationId: 'createWebhook',
				summary: 'Make a webhook, which begins at the end of the log',
				description: 'It gets the events that follow. Keep its `secret`: deliveries are signed with it.',
				tags,
				body: Type.Ref(NewWebhookSchema),
				response: {
					201: Type.Ref(WebhookSchema, { description: 'Made. `secret` is shown only now' }),
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
				operationId: 'listWebhooks',
				summary: 'List all webhooks',
				description: 'The webhooks of the API and of `WEBHOOK_URLS`, without their secrets.',
				tags,
				querystring: Type.Object({}, { additionalProperties: false }),
				response: { 200: Type.Ref(WebhookListSchema, { description: 'All webhooks, the newest first' }) },
			},
		},
		(request) => webhooks.list(request.budget),
	)

	app.get(
		'/v1/webhooks/:id',
		{
			config: { ...config, problems: ofOne },
			schema: {
				operationId: 'getWebhook',
				summary: 'Read a webhook',
				description: 'Without its secret. `position` tells how far it is in the log.',
				tags,
				params: WebhookIdParams,
				response: { 200: Type.Ref(WebhookSchema, { description: 'The webhook' }) },
			},
		},
		(request) => webhooks.read(request.params.id, request.budget),
	)

	app.patch(
		'/v1/webhooks/:id',
		{
			config: {
				...config,
				problems: [...ofOne, 'WEBHOOK_OF_ENVIRONMENT', 'WEBHOOK_TARGET_REFUSED', 'WEBHOOKS_NOT_CONFIGURED'],
			},
			schema: {
				operationId: 'updateWebhook',
				summary: 'Change, pause or resume a webhook',
				description:
					'A webhook that is resumed, that gets another URL, or that counted as down when its state is set to active, is sent its pending events at once. A webhook with `endedAt` that is given a URL is taken over: it becomes one of the API, goes on from where it was, and the answer has its new `secret`.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(WebhookChangeSchema),
				response: { 200: Type.Ref(WebhookSchema, { description: 'The webhook as it is now' }) },
			},
		},
		(request) => webhooks.change(request.params.id, request.body, request.budget),
	)

	app.delete(
		'/v1/webhooks/:id',
		{
			config: { ...configWithoutBody, problems: [...ofOne, 'WEBHOOK_OF_ENVIRONMENT'] },
			schema: {
				operationId: 'deleteWebhook',
				summary: 'Delete a webhook and its deliveries',
				description:
					'An attempt that is under way may still arrive. A URL of `WEBHOOK_URLS` is deleted only with `endedAt`.',
				tags,
				params: WebhookIdParams,
				response: { 204: Type.Null({ description: 'Deleted' }) },
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
			config: { ...configWithoutBody, problems: [...ofOne, 'WEBHOOK_OF_ENVIRONMENT', 'WEBHOOKS_NOT_CONFIGURED'] },
			schema: {
				operationId: 'rotateWebhookSecret',
				summary: 'Give a webhook a new secret',
				description: 'The replaced secret signs for a day more, beside the new one.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(WebhookSchema, { description: 'Changed. `secret` is shown only now' }),
				},
			},
		},
		(request) => webhooks.rotateSecret(request.params.id, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/test',
		{
			config: { ...configWithoutBody, problems: [...ofOne, 'WEBHOOKS_NOT_CONFIGURED'] },
			schema: {
				operationId: 'testWebhook',
				summary: 'Send a test event at once, also to a paused webhook',
				description:
					'The answer tells how the receiver answered. The event is in no log. If a receiver that counts as down takes it, its pending events follow at once.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(EmptySchema),
				response: {
					200: Type.Ref(WebhookTestSchema, { description: 'What became of the attempt' }),
				},
			},
		},
		(request) => test(request.params.id, request.budget),
	)

	app.post(
		'/v1/webhooks/:id/replay',
		{
			config: { ...config, problems: [...ofOne, 'POSITION_EXPIRED'] },
			schema: {
				operationId: 'replayWebhook',
				summary: 'Deliver the events after a position again',
				description:
					'A position that the webhook has not reached moves nothing. A receiver that counts as down is tried again at once.',
				tags,
				params: WebhookIdParams,
				body: Type.Ref(ReplaySchema),
				response: {
					200: Type.Ref(WebhookSchema, { description: 'The webhook, with the position from which it goes on' }),
				},
			},
		},
		(request) => webhooks.replay(request.params.id, request.body, request.budget),
	)
}
