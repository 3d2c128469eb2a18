import { isUuid } from '@mercat/catalog-api/identifiers'
import { Problem, parameterPlace } from '@mercat/order-api/problem'
import type { DeliveryList, DeliveryQuery, DeliveryView } from '@mercat/order-api/webhook-schemas'
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

const defaultPageSize = 20
const largestPageSize = 100
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
			const { state, pageToken } = query
			const pageSize = Math.min(query.pageSize || defaultPageSize, largestPageSize)
			const otherArguments = ['deliveries', webhookId, state ?? null]
			const cursor = pageToken === '' ? undefined : needs.deliveryPageTokens.decode(pageToken, otherArguments)
			if (pageToken !== '' && cursor === undefined) {
				throw new Problem('INVALID_REQUEST', {
					errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
				})
			}
			await check(webhookId, budget)
			const found = await needs.listDeliveries(
				{ webhookId, state, before: cursor?.before, pageSize: pageSize + 1 },
				budget,
			)
			const page = found.slice(0, pageSize)
			const last = page.at(-1)
			const nextPageToken =
				found.length > pageSize && last
					? needs.deliveryPageTokens.encode({ before: last.position }, otherArguments)
					: ''
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
