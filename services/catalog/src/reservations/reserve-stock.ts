import type { ReservationResult } from '@mercat/catalog-api/messages/ReservationResult'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import type { ReserveStockResponse } from '@mercat/catalog-api/messages/ReserveStockResponse'
import type { Budget } from '@mercat/service/budget'
import type { RefusedLine, ReservationRequest, ReserveOutcome } from './reservation.ts'
import { toMoney, toReservationMessage } from './reservation-message.ts'
import { validateReserveStock } from './reserve-stock-request.ts'

export type ReserveStockNeeds = {
	/** Reserves, together with other calls of the same moment. Returns an outcome for each request, in their order. */
	reserve(requests: ReservationRequest[], budget: Budget): Promise<ReserveOutcome[]>
}

/** Prices and holds stock for many orders. Each succeeds or fails by itself. */
export function reserveStock({ reserve }: ReserveStockNeeds) {
	return async (message: ReserveStockRequest__Output, budget: Budget): Promise<ReserveStockResponse> => {
		const requests = validateReserveStock(message)
		const outcomes = await reserve(requests, budget)
		return { results: requests.map((request, index) => toResult(request, outcomes[index] as ReserveOutcome)) }
	}
}

function toResult({ orderId }: ReservationRequest, outcome: ReserveOutcome): ReservationResult {
	switch (outcome.outcome) {
		case 'reserved':
			return { orderId, reservation: toReservationMessage(outcome.reservation) }
		case 'refused':
			return { orderId, refusal: { reason: outcome.reason, lines: outcome.lines.map(toRefusedLine) } }
	}
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
