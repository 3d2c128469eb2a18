import type { Reservation as ReservationMessage } from '@mercat/catalog-api/messages/Reservation'
import type { ReservationResult } from '@mercat/catalog-api/messages/ReservationResult'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import type { ReserveStockResponse } from '@mercat/catalog-api/messages/ReserveStockResponse'
import { CatalogError } from './errors.ts'
import {
	answerFromEarlier,
	type PricedHold,
	priceHold,
	type Refusal,
	type RefusedLine,
	type Reservation,
	type ReservationRequest,
	type ShelfItem,
} from './reservation.ts'
import type { HoldWrite, ReservationTransaction } from './reservation-store.ts'
import { validateReserveStock } from './reserve-stock-request.ts'
import type { CallContext } from './rpc.ts'

export type ReserveStockNeeds = {
	transaction<T>(work: (transaction: ReservationTransaction) => Promise<T>, guard?: () => void): Promise<T>
}

type Outcome = Reservation | Refusal

/** Prices and holds stock for a batch of orders in one transaction; each succeeds or fails by itself. */
export function reserveStock({ transaction }: ReserveStockNeeds) {
	return async (message: ReserveStockRequest__Output, context: CallContext): Promise<ReserveStockResponse> => {
		const requests = validateReserveStock(message)
		const outcomes = new Map<ReservationRequest, Outcome>()
		let open = requests
		// A copy of a request that another transaction was first with is asked again: now it is there to see.
		for (let attempt = 1; open.length > 0; attempt++) {
			if (attempt > mostAttempts)
				throw new CatalogError('INTERNAL', { cause: new Error('reservations kept losing races') })
			const asked = open
			const decided = await transaction((connection) => reserveBatch(connection, asked), context.checkDeadline)
			for (const [request, outcome] of decided) outcomes.set(request, outcome)
			open = open.filter((request) => !outcomes.has(request))
		}
		return { results: requests.map((request) => toResult(request, outcomes.get(request) as Outcome)) }
	}
}

const mostAttempts = 5

/** Decides and writes a batch; what has no outcome lost a race and is to be asked again. */
async function reserveBatch(
	transaction: ReservationTransaction,
	requests: ReservationRequest[],
): Promise<Map<ReservationRequest, Outcome>> {
	const reservations = await transaction.lockReservations([...new Set(requests.map(({ orderId }) => orderId))].sort())
	const needStock = requests.filter(
		(request) => answerFromEarlier(request, reservations.get(request.orderId)) === undefined,
	)
	const skus = new Set(needStock.flatMap(({ lines }) => lines.map(({ sku }) => sku)))
	const shelf = skus.size > 0 ? await transaction.lockShelf([...skus].sort()) : new Map<string, ShelfItem>()

	const outcomes = new Map<ReservationRequest, Outcome>()
	const writes = new Map<string, HoldWrite>()
	for (const request of requests) {
		const { orderId, holdMs } = request
		const earlier = reservations.get(orderId)
		const outcome = answerFromEarlier(request, earlier) ?? priceHold(request.lines, shelf)
		if ('refused' in outcome) {
			outcomes.set(request, outcome)
			continue
		}
		if (earlier === undefined || earlier.state === 'expired') {
			takeFromShelf(shelf, outcome)
			writes.set(orderId, { ...outcome, orderId, holdMs, write: earlier ? 'revive' : 'insert' })
			reservations.set(orderId, { ...outcome, orderId, state: 'held', expiresAt: new Date(0) })
		} else if (earlier.state === 'held' && !writes.has(orderId)) {
			writes.set(orderId, { ...earlier, holdMs, write: 'extend' })
		}
		outcomes.set(request, reservations.get(orderId) as Reservation)
	}

	const ends = writes.size > 0 ? await transaction.writeHolds([...writes.values()]) : new Map<string, Date>()
	for (const [request, outcome] of outcomes) {
		if ('refused' in outcome || !writes.has(request.orderId)) continue
		const expiresAt = ends.get(request.orderId)
		if (expiresAt === undefined) outcomes.delete(request)
		else outcomes.set(request, { ...outcome, expiresAt })
	}
	return outcomes
}

// The rest of the batch sees what this hold leaves.
function takeFromShelf(shelf: Map<string, ShelfItem>, hold: PricedHold): void {
	for (const { sku, quantity } of hold.lines) {
		const item = shelf.get(sku) as ShelfItem
		item.held += quantity
	}
}

function toResult({ orderId }: ReservationRequest, outcome: Outcome): ReservationResult {
	if ('refused' in outcome) {
		return { orderId, refusal: { reason: outcome.refused, lines: outcome.lines.map(toRefusedLine) } }
	}
	return { orderId, reservation: toReservationMessage(outcome) }
}

function toRefusedLine({ line, available, actual }: RefusedLine) {
	const { sku, quantity, expectedUnitPrice } = line
	return {
		sku,
		requestedQuantity: quantity,
		availableQuantity: available,
		expectedUnitPrice: expectedUnitPrice && toMoney(expectedUnitPrice.currency, expectedUnitPrice.amountMinor),
		actualUnitPrice: actual && toMoney(actual.currency, actual.amountMinor),
	}
}

function toReservationMessage({ state, lines, currency, totalMinor, expiresAt }: Reservation): ReservationMessage {
	return {
		state: state === 'held' ? 'RESERVATION_STATE_HELD' : 'RESERVATION_STATE_COMMITTED',
		lines: lines.map(({ sku, title, quantity, amountMinor }) => ({
			sku,
			title,
			quantity,
			unitPrice: toMoney(currency, amountMinor),
		})),
		total: toMoney(currency, totalMinor),
		expireTime: { seconds: Math.floor(expiresAt.getTime() / 1000), nanos: (expiresAt.getTime() % 1000) * 1e6 },
	}
}

function toMoney(currencyCode: string, amountMinor: number) {
	return { currencyCode, amountMinor }
}
