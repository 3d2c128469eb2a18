import { isUuid } from '@mercat/catalog-api/identifiers'
import type { DeliveryList, DeliveryQuery, DeliveryView } from '@mercat/order-api/webhook-schemas'
import { Problem } from '@mercat/rest-api/problem'
import { cutPage, readPage } from '@mercat/rest-service/page'
import type { Budget } from '@mercat/service/budget'
import type { PageTokens } from '@mercat/service/page-token'
import { type Delivery, toDeliveryView, type Webhook } from './webhook.ts'

/** A page of the deliveries of a webhook. */
export type DeliveryPageQuery = {
	webhookId: string
	/** Undefined is every state. */
	state?: Delivery['state']
	/** The page begins below this position. Undefined finds the first page. */
	before?: number
	pageSize: number
}

/** Where a page of deliveries begins. */
export type DeliveryCursor = { before: number }

export type ManageDeliveriesNeeds = {
	findWebhook(id: string, budget: Budget): Promise<Webhook | undefined>
	/** A page of deliveries, the newest event first. */
	listDeliveries(query: DeliveryPageQuery, budget: Budget): Promise<Delivery[]>
	/** Makes a delivery pending, for three days from now. Undefined when there is no such delivery. */
	redeliver(webhookId: string, position: number, budget: Budget): Promise<Delivery | undefined>
	deliveryPageTokens: PageTokens<DeliveryCursor>
	/** Looks for deliveries now. */
	wakeDispatcher(): void
}

const idForm = /^[1-9]\d{0,14}$/

/** What people can see and do with the deliveries of a webhook. An id that no webhook has is WEBHOOK_NOT_FOUND. */
export function manageDeliveries(needs: ManageDeliveriesNeeds) {
	async function check(webhookId: string, budget: Budget): Promise<void> {
		const webhook = isUuid(webhookId) ? await needs.findWebhook(webhookId, budget) : undefined
		if (webhook === undefined) throw new Problem('WEBHOOK_NOT_FOUND')
	}

	return {
		/** @throws Problem INVALID_REQUEST for a page token of another query */
		async list(webhookId: string, query: DeliveryQuery, budget: Budget): Promise<DeliveryList> {
			const { state } = query
			const requested = readPage(needs.deliveryPageTokens, query, ['deliveries', webhookId, state ?? null])
			await check(webhookId, budget)
			const found = await needs.listDeliveries(
				{ webhookId, state, before: requested.after?.before, pageSize: requested.size + 1 },
				budget,
			)
			const { page, nextPageToken } = cutPage(found, requested, ({ position }) => ({ before: position }))
			return { deliveries: page.map(toDeliveryView), nextPageToken }
		},

		/** @throws Problem DELIVERY_NOT_FOUND */
		async redeliver(webhookId: string, deliveryId: string, budget: Budget): Promise<DeliveryView> {
			await check(webhookId, budget)
			const delivery = idForm.test(deliveryId)
				? await needs.redeliver(webhookId, Number(deliveryId), budget)
				: undefined
			if (delivery === undefined) throw new Problem('DELIVERY_NOT_FOUND')
			needs.wakeDispatcher()
			return toDeliveryView(delivery)
		},
	}
}
