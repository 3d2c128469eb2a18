import type { Reservation as ReservationMessage } from '@mercat/catalog-api/messages/Reservation'
import type { ReservationResult } from '@mercat/catalog-api/messages/ReservationResult'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import type { ReserveStockResponse } from '@mercat/catalog-api/messages/ReserveStockResponse'
import type { Budget } from '@mercat/service/budget'
import type { RefusedLine, Reservation, ReservationRequest } from './reservation.ts'
import type { ReserveOutcome } from './reserve-batch.ts'
import { validateReserveStock } from './reserve-stock-request.ts'

export type ReserveStockNeeds = {
	/** The outcome of each, in the order asked for; together with what others ask for at the same moment. */
	reserve(requests: ReservationRequest[], options: { deadline: number }): Promise<ReserveOutcome[]>
}

/** Prices and holds stock for many orders; each succeeds or fails by itself. */
export function reserveStock({ reserve }: ReserveStockNeeds) {
	return async (message: ReserveStockRequest__Output, budget: Budget): Promise<ReserveStockResponse> => {
		const requests = validateReserveStock(message)
		const outcomes = await reserve(requests, { deadline: performance.now() + budget.remainingMs() })
		return { results: requests.map((request, index) => toResult(request, outcomes[index] as ReserveOutcome)) }
	}
}

function toResult({ orderId }: ReservationRequest, outcome: ReserveOutcome): ReservationResult {
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
