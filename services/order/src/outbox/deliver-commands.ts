import { Problem } from '@mercat/order-api/problems'
import { backoffMs } from '@mercat/service/backoff'
import type { Order } from '../order/order.ts'
import type { TransitionWrite } from '../transitions/transition-order.ts'
import type { ClaimedMessage, Settlement } from './outbox-store.ts'
import type { Deliver } from './relay.ts'

/** What the catalog answered to a command: nothing when it is done, else the reason. */
export type CommandAnswers = Map<string, string>

export type DeliverCommandsNeeds = {
	/** Reasons by order id, for the orders whose stock could not be sold. Throws when the catalog cannot be asked. */
	commitReservations(orderIds: string[]): Promise<CommandAnswers>
	releaseReservations(orderIds: string[]): Promise<void>
	acknowledgeCommits(orderIds: string[]): Promise<void>
	findOrder(asked: { id: string; owner: undefined }): Promise<Order | undefined>
	writeTransition(write: TransitionWrite): Promise<Order | undefined>
}

const firstRetryMs = 100
const largestRetryMs = 5_000
// Well below the lease of what is being delivered.
const divideForMs = 4_000

/**
 * Sends commits and releases to the catalog, a batch of each in one call. They are repeated for as
 * long as the catalog cannot be reached. A batch that the catalog answers with an error of its own is divided
 * until only the orders that it fails on are left to be repeated. A paid order whose stock is gone is
 * cancelled; dead is only what the catalog will never do.
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
			error: describe(error),
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

// The hold was swept before the payment came, and the stock went to someone else.
async function cancelUnsold(needs: DeliverCommandsNeeds, orderId: string, refusal: string): Promise<void> {
	for (;;) {
		const order = await needs.findOrder({ id: orderId, owner: undefined })
		if (order?.status !== 'paid') return
		const reason = `${refusal}: the stock was gone when the payment came; the payment must be returned`
		if (await needs.writeTransition({ order, action: 'cancel', by: 'system:relay', reason })) return
	}
}

/** An error in one line, for the outbox. */
export function describe(error: unknown): string {
	return String(error instanceof Error ? error.message : error).slice(0, 500)
}
