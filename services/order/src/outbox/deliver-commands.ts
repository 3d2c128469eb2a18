import { Problem } from '@mercat/order-api/problem'
import { backoffMs } from '@mercat/service/backoff'
import type { Order, OwnedOrderKey } from '../order/order.ts'
import type { TransitionWrite } from '../transitions/transition-order.ts'
import { errorText } from './error-text.ts'
import type { ClaimedMessage, Deliver, Settlement } from './outbox-message.ts'

export type DeliverCommandsNeeds = {
	/** Sells reserved stock. Returns the reason by order id for each order whose stock could not be sold. */
	commitReservations(orderIds: string[]): Promise<Map<string, string>>
	/** Releases reserved stock for good. */
	releaseReservations(orderIds: string[]): Promise<void>
	/** Records that the catalog has sold the stock of these orders. */
	acknowledgeCommits(orderIds: string[]): Promise<void>
	findOrder(asked: OwnedOrderKey): Promise<Order | undefined>
	writeTransition(write: TransitionWrite): Promise<Order | undefined>
}

const firstRetryMs = 100
const largestRetryMs = 5_000
// Well below the lease of the messages (catalogLeaseMs).
const divideForMs = 4_000

/**
 * Sends commits and releases to the catalog, each kind in one call. Commands are retried for as long as the catalog cannot be
 * reached. When a call fails with an error of the catalog itself, its orders are divided into halves until only the orders
 * that cause the error are left to retry. A paid order whose stock is gone is cancelled. A commit is dead when the catalog
 * has no reservation for it.
 */
export function deliverCommands(needs: DeliverCommandsNeeds): Deliver {
	return async (messages) => {
		const commits = messages.filter(({ type }) => type === 'commit')
		const releases = messages.filter(({ type }) => type === 'release')
		const divideUntil = performance.now() + divideForMs
		return [
			...(await attempt(commits, (batch) => deliverCommits(needs, batch), divideUntil)),
			...(await attempt(releases, (batch) => deliverReleases(needs, batch), divideUntil)),
		]
	}
}

async function attempt(messages: ClaimedMessage[], deliver: Deliver, divideUntil: number): Promise<Settlement[]> {
	if (messages.length === 0) return []
	try {
		return await deliver(messages)
	} catch (error) {
		const isCatalogsError = error instanceof Problem && error.code === 'CATALOG_ERROR'
		if (isCatalogsError && messages.length > 1 && performance.now() < divideUntil) {
			const half = Math.ceil(messages.length / 2)
			return [
				...(await attempt(messages.slice(0, half), deliver, divideUntil)),
				...(await attempt(messages.slice(half), deliver, divideUntil)),
			]
		}
		return messages.map(({ id, attempts }) => ({
			id,
			outcome: 'retry',
			delayMs: backoffMs(attempts, firstRetryMs, largestRetryMs),
			error: errorText(error),
		}))
	}
}

async function deliverCommits(needs: DeliverCommandsNeeds, messages: ClaimedMessage[]): Promise<Settlement[]> {
	const refusals = await needs.commitReservations(messages.map(({ orderId }) => orderId))
	const sold = messages.filter(({ orderId }) => !refusals.has(orderId))
	if (sold.length > 0) await needs.acknowledgeCommits(sold.map(({ orderId }) => orderId))
	return Promise.all(
		messages.map(async ({ id, orderId }): Promise<Settlement> => {
			const reason = refusals.get(orderId)
			if (reason === undefined) return { id, outcome: 'delivered' }
			if (reason === 'RESERVATION_NOT_FOUND') return { id, outcome: 'dead', error: reason }
			await cancelUnsold(needs, orderId, reason)
			return { id, outcome: 'delivered' }
		}),
	)
}

async function deliverReleases(needs: DeliverCommandsNeeds, messages: ClaimedMessage[]): Promise<Settlement[]> {
	await needs.releaseReservations(messages.map(({ orderId }) => orderId))
	return messages.map(({ id }) => ({ id, outcome: 'delivered' }))
}

// The hold expired before the payment came, and another order has taken the stock.
async function cancelUnsold(needs: DeliverCommandsNeeds, orderId: string, refusal: string): Promise<void> {
	for (;;) {
		const order = await needs.findOrder({ id: orderId, owner: undefined })
		if (order?.status !== 'paid') return
		const why = `${refusal}: the stock was gone when the payment came; the payment must be returned`
		if (await needs.writeTransition({ order, action: 'cancel', who: 'system:relay', why })) return
	}
}
