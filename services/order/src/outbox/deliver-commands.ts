import { Problem } from '@mercat/rest-api/problem'
import { backoffMs } from '@mercat/service/backoff'
import { type Budget, budgetForEach } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import type { Order, OwnedOrderKey } from '../order/order.ts'
import { traceIdOfTraceparent } from '../order/order-trace.ts'
import type { TransitionWrite } from '../transitions/transition-order.ts'
import { inDeliverySpan } from './delivery-span.ts'
import { errorText } from './error-text.ts'
import type { ClaimedMessage, Deliver, Settlement } from './outbox-message.ts'

export type DeliverCommandsNeeds = {
	/** Sells reserved stock. Returns the reason by order id for each order whose stock could not be sold. */
	commitReservations(orderIds: string[], trace: TraceContext): Promise<Map<string, string>>
	/** Releases reserved stock for good. */
	releaseReservations(orderIds: string[], trace: TraceContext): Promise<void>
	/** Records that the catalog has sold the stock of these orders. */
	acknowledgeCommits(orderIds: string[], budget: Budget): Promise<void>
	findOrder(asked: OwnedOrderKey, budget: Budget): Promise<Order | undefined>
	writeTransition(write: TransitionWrite, budget: Budget): Promise<Order | undefined>
	log: { warn(facts: object, text: string): void }
}

const firstRetryMs = 100
const largestRetryMs = 5_000
// Well below the lease of the messages (catalogLeaseMs).
const divideForMs = 4_000
const statementMs = 2_000

/**
 * Sends commits and releases to the catalog, each kind in one call. Commands are retried for as long as the catalog cannot be
 * reached. When a call fails with an error of the catalog itself, its orders are divided into halves until only the orders
 * that cause the error are left to retry. A paid order whose stock is gone is cancelled. A commit is dead when the catalog
 * has no reservation for it.
 */
export function deliverCommands(needs: DeliverCommandsNeeds): Deliver {
	async function deliver(messages: ClaimedMessage[], trace: TraceContext): Promise<Settlement[]> {
		const commits = messages.filter(({ type }) => type === 'commit')
		const releases = messages.filter(({ type }) => type === 'release')
		const divideUntil = performance.now() + divideForMs
		return [
			...(await attempt(commits, (batch) => deliverCommits(needs, batch, trace), divideUntil)),
			...(await attempt(releases, (batch) => deliverReleases(needs, batch, trace), divideUntil)),
		]
	}

	return (messages) => inDeliverySpan(messages, (trace) => deliver(messages, trace))
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

async function deliverCommits(
	needs: DeliverCommandsNeeds,
	messages: ClaimedMessage[],
	trace: TraceContext,
): Promise<Settlement[]> {
	const orderIds = messages.map(({ orderId }) => orderId)
	const refusals = await needs.commitReservations(orderIds, trace)
	const sold = orderIds.filter((orderId) => !refusals.has(orderId))
	const budget: Budget = { ...budgetForEach(statementMs), trace }
	if (sold.length > 0) await needs.acknowledgeCommits(sold, budget)
	return Promise.all(
		messages.map(async (message): Promise<Settlement> => {
			const { id, orderId } = message
			const reason = refusals.get(orderId)
			if (reason === undefined) return { id, outcome: 'delivered' }
			if (reason === 'RESERVATION_NOT_FOUND') return { id, outcome: 'dead', error: reason }
			await cancelUnsold(needs, message, reason, budget)
			return { id, outcome: 'delivered' }
		}),
	)
}

async function deliverReleases(
	needs: DeliverCommandsNeeds,
	messages: ClaimedMessage[],
	trace: TraceContext,
): Promise<Settlement[]> {
	const orderIds = messages.map(({ orderId }) => orderId)
	await needs.releaseReservations(orderIds, trace)
	return messages.map(({ id }) => ({ id, outcome: 'delivered' }))
}

// The hold expired before the payment came, and another order has taken the stock. The cancellation belongs to the trace of
// the payment.
async function cancelUnsold(
	{ findOrder, writeTransition, log }: DeliverCommandsNeeds,
	{ orderId, traceparent }: ClaimedMessage,
	refusal: string,
	budget: Budget,
): Promise<void> {
	const why = `${refusal}: the stock was gone when the payment came; the payment must be returned`
	const write = { action: 'cancel', who: 'system:relay', why, traceparent: traceparent ?? undefined } as const
	for (;;) {
		const order = await findOrder({ id: orderId, owner: undefined }, budget)
		if (order?.status !== 'paid') return
		if ((await writeTransition({ ...write, order }, budget)) === undefined) continue
		const facts = { orderId, traceId: traceIdOfTraceparent(write.traceparent), refusal }
		log.warn(facts, 'a paid order was cancelled, because its stock was gone; the payment must be returned')
		return
	}
}
