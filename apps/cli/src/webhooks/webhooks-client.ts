import type {
	DeliveryList,
	DeliveryView,
	NewWebhook,
	WebhookChange,
	WebhookList,
	WebhookTest,
	WebhookView,
} from '@mercat/order-api/webhook-schemas'
import { callOrders, type OrderService } from './orders-call.ts'

export type WebhooksClient = ReturnType<typeof createWebhooksClient>

/** The routes of webhooks. Each call throws a CommandError for a refusal, or without an answer. */
export function createWebhooksClient(service: OrderService) {
	const call = <T>(method: string, path: string, body?: unknown) =>
		callOrders<T>(service, method, `/v1/webhooks${path}`, body)
	return {
		list: () => call<WebhookList>('GET', ''),
		create: (webhook: NewWebhook) => call<WebhookView>('POST', '', webhook),
		change: (id: string, change: WebhookChange) => call<WebhookView>('PATCH', `/${id}`, change),
		delete: (id: string) => call<undefined>('DELETE', `/${id}`),
		rotateSecret: (id: string) => call<WebhookView>('POST', `/${id}/rotate-secret`),
		test: (id: string) => call<WebhookTest>('POST', `/${id}/test`),
		replay: (id: string, after: string) => call<WebhookView>('POST', `/${id}/replay`, { after }),
		/** A page of up to 100 deliveries, the newest event first. */
		deliveries: (id: string, query: { state?: string; pageToken?: string; pageSize: number }) =>
			call<DeliveryList>('GET', `/${id}/deliveries?${new URLSearchParams(definedTexts(query))}`),
		redeliver: (id: string, delivery: string) => call<DeliveryView>('POST', `/${id}/deliveries/${delivery}/redeliver`),
	}
}

function definedTexts(query: { [name: string]: string | number | undefined }): [string, string][] {
	return Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
}
