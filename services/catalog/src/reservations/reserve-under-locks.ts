import type { Budget } from '@mercat/service/budget'
import { type PricedHold, priceHold } from './price-hold.ts'
import {
	type Reservation,
	type ReservationRequest,
	type ReserveOutcome,
	refusalByEarlier,
	type ShelfItem,
	sortedSkus,
} from './reservation.ts'
import type { HoldWrite, InReservationTransaction, ReservationTransaction } from './reservation-transaction.ts'

export type ReserveUnderLocksNeeds = {
	transaction: InReservationTransaction
	/** Called with the products that a transaction has seen, with their stock as the batch leaves it. */
	seen(shelf: Iterable<ShelfItem>): void
}

/** What one transaction says to a request: its outcome, or that another transaction overtook it. */
type Answer = ReserveOutcome | { outcome: 'askAgain' }

const askAgain = { outcome: 'askAgain' } as const

/** What the locked rows say to a request, before the holds of the batch are written. */
type Decision = ReserveOutcome | { outcome: 'writing'; write: HoldWrite }

const mostAttempts = 5

/** Decides a batch of requests in a transaction that locks the reservations of its orders and the stock of its products. */
export function reserveUnderLocks({ transaction, seen }: ReserveUnderLocksNeeds) {
	async function reserve(requests: ReservationRequest[], budget: Budget, attempt = 1): Promise<ReserveOutcome[]> {
		if (attempt > mostAttempts) throw new Error('reservations lost every race against other transactions')
		const { answers, shelf } = await transaction((steps) => decideAndWrite(steps, requests), budget)
		seen(shelf.values())
		const open = requests.filter((_, index) => answers[index]?.outcome === 'askAgain')
		const later = open.length === 0 ? [] : await reserve(open, budget, attempt + 1)
		const laterOutcomes = later.values()
		return answers.map((answer) =>
			answer.outcome === 'askAgain' ? (laterOutcomes.next().value as ReserveOutcome) : answer,
		)
	}
	return (requests: ReservationRequest[], budget: Budget): Promise<ReserveOutcome[]> => reserve(requests, budget)
}

async function decideAndWrite(
	transaction: ReservationTransaction,
	requests: ReservationRequest[],
): Promise<{ answers: Answer[]; shelf: Map<string, ShelfItem> }> {
	const orderIds = [...new Set(requests.map(({ orderId }) => orderId))].sort()
	// Both in one round trip. An order that holds its stock already needs no shelf, but nearly all orders are new.
	const [reservations, shelf] = await Promise.all([
		transaction.lockReservations(orderIds),
		transaction.lockShelf(sortedSkus(requests)),
	])
	const writes = new Map<string, HoldWrite>()
	const decisions = requests.map((request) => decide(request, reservations, shelf, writes))

	const isNew = (orderId: string) => !reservations.has(orderId) && !writes.has(orderId)
	const refusedNew = requests.filter(({ orderId }, index) => decisions[index]?.outcome === 'refused' && isNew(orderId))
	const overtaken = await findOvertaken(transaction, refusedNew)
	const ends = writes.size > 0 ? await transaction.writeHoldsAndCommit([...writes.values()]) : new Map<string, Date>()
	// The stock that a lost insert took from the shelf is still there for other orders.
	const isStockBack = [...writes.keys()].some((orderId) => !ends.has(orderId))

	const answers = requests.map(({ orderId }, index) => {
		const decision = decisions[index] as Decision
		if (decision.outcome === 'writing') return answerFromWrite(decision.write, ends.get(orderId))
		if (decision.outcome === 'reserved') return decision
		const isOvertaken = overtaken.has(orderId) || (isStockBack && decision.reason === 'OUT_OF_STOCK')
		return isOvertaken ? askAgain : decision
	})
	return { answers, shelf }
}

/** Decides one request. Takes its stock from the shelf and adds its hold to `writes`, for the rest of the batch to see. */
function decide(
	request: ReservationRequest,
	reservations: Map<string, Reservation>,
	shelf: Map<string, ShelfItem>,
	writes: Map<string, HoldWrite>,
): Decision {
	const { orderId, holdMs } = request
	const earlier = reservations.get(orderId)
	const write = writes.get(orderId)
	const refusal = refusalByEarlier(request, write === undefined ? earlier : { state: 'held', lines: write.lines })
	if (refusal !== undefined) return refusal
	if (write !== undefined) return { outcome: 'writing', write }
	if (earlier?.state === 'committed') return { outcome: 'reserved', reservation: earlier }
	if (earlier?.state === 'held') return writing({ ...earlier, holdMs, write: 'extend' })

	const priced = priceHold(request.lines, shelf)
	if (priced.outcome === 'refused') return priced
	takeFromShelf(shelf, priced.hold)
	return writing({ ...priced.hold, orderId, holdMs, write: earlier === undefined ? 'insert' : 'revive' })

	function writing(write: HoldWrite): Decision {
		writes.set(orderId, write)
		return { outcome: 'writing', write }
	}
}

function answerFromWrite({ orderId, lines, currency, totalMinor }: HoldWrite, expiresAt: Date | undefined): Answer {
	if (expiresAt === undefined) return askAgain
	return { outcome: 'reserved', reservation: { orderId, state: 'held', lines, currency, totalMinor, expiresAt } }
}

// While this transaction waited for the stock, another one may have taken it for the same order. Then this order is
// not refused. The look takes no lock: a lock on reservations after one on stock could deadlock.
async function findOvertaken(
	{ findKnown }: ReservationTransaction,
	refused: ReservationRequest[],
): Promise<Set<string>> {
	return refused.length === 0 ? new Set() : findKnown(refused.map(({ orderId }) => orderId))
}

function takeFromShelf(shelf: Map<string, ShelfItem>, hold: PricedHold): void {
	for (const { sku, quantity } of hold.lines) {
		const item = shelf.get(sku) as ShelfItem
		item.held += quantity
	}
}
