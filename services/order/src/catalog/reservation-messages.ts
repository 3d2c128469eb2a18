import { isAmount } from '@mercat/catalog-api/amounts'
import type { ReservationRefusal__Output } from '@mercat/catalog-api/messages/ReservationRefusal'
import type { ReservationRequest as ReservationRequestMessage } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReservationResult__Output } from '@mercat/catalog-api/messages/ReservationResult'
import { toDuration } from '@mercat/catalog-api/timestamps'
import { Problem } from '@mercat/rest-api/problem'
import type { OrderItem } from '../order/order.ts'
import type { Reservation, ReservationOutcome, ReservationRequest } from '../placing/place-order.ts'
import { isCurrency, toMoney } from './catalog-money.ts'
import { invalidAnswer } from './failures/invalid-answer.ts'

export function toReservationMessage(request: ReservationRequest): ReservationRequestMessage {
	const { orderId, holdMs, items, createOnly } = request
	return {
		orderId,
		holdDuration: toDuration(holdMs),
		lines: items.map(({ sku, quantity, expectedUnitPrice: price }) => ({
			sku,
			quantity,
			expectedUnitPrice: price && { currencyCode: price.currency, amountMinor: price.amountMinor },
		})),
		createOnly,
	}
}

/** The problem that a refusal of the catalog means for the client. */
function refusalProblem({ reason, lines }: ReservationRefusal__Output): Problem {
	switch (reason) {
		case 'PRODUCT_NOT_FOUND':
		case 'PRODUCT_ARCHIVED':
			return new Problem('UNKNOWN_PRODUCT', { skus: lines.map(({ sku }) => sku) })
		case 'OUT_OF_STOCK':
			return new Problem('OUT_OF_STOCK', {
				items: lines.map(({ sku, requestedQuantity, availableQuantity }) => ({
					sku,
					requested: requestedQuantity,
					available: availableQuantity,
				})),
			})
		case 'PRICE_CHANGED':
			return new Problem('PRICE_CHANGED', {
				items: lines.map(({ sku, expectedUnitPrice, actualUnitPrice }) => ({
					sku,
					expected: expectedUnitPrice && toMoney(expectedUnitPrice),
					actual: actualUnitPrice && toMoney(actualUnitPrice),
				})),
			})
		case 'MIXED_CURRENCIES':
			return new Problem('MIXED_CURRENCIES', {
				currencies: [...new Set(lines.map(({ actualUnitPrice }) => actualUnitPrice?.currencyCode))].sort(),
			})
		case 'TOTAL_TOO_LARGE':
			return new Problem('TOTAL_TOO_LARGE', { total: exactTotal(lines) })
		case 'RESERVATION_MISMATCH':
			return new Problem('IDEMPOTENCY_KEY_REUSED')
		default:
			return invalidAnswer(`an unknown refusal: ${reason}`)
	}
}

// The amount is a string here, and only here, because a number would not be exact.
function exactTotal(lines: ReservationRefusal__Output['lines']): { amountMinor: string; currency: string } {
	const amounts = lines.map((line) => BigInt(line.requestedQuantity) * BigInt(line.actualUnitPrice?.amountMinor ?? 0))
	const total = amounts.reduce((sum, amount) => sum + amount, 0n)
	return { amountMinor: String(total), currency: lines[0]?.actualUnitPrice?.currencyCode ?? '' }
}

/** The catalog's answer to `request`, or the problem that it means for the client. */
export function readOutcome(
	result: ReservationResult__Output | undefined,
	request: ReservationRequest,
): ReservationOutcome | Problem {
	try {
		if (result?.orderId !== request.orderId) throw invalidAnswer('for another order')
		if (result.refusal?.reason === 'RESERVATION_RELEASED') return { outcome: 'released' }
		if (result.refusal?.reason === 'RESERVATION_EXISTS' && request.createOnly) return { outcome: 'exists' }
		if (result.refusal) return refusalProblem(result.refusal)
		return { outcome: 'reserved', reservation: readReservation(result, request) }
	} catch (error) {
		if (error instanceof Problem) return error
		throw error
	}
}

/**
 * The reservation that answers `request`. It has the lines of the request, prices in one currency, and a total that is
 * the sum of the lines.
 *
 * @throws Problem CATALOG_ERROR
 */
function readReservation({ reservation }: ReservationResult__Output, request: ReservationRequest): Reservation {
	if (!reservation) throw invalidAnswer('neither a reservation nor a refusal')
	const { lines, total } = reservation
	const currency = total?.currencyCode ?? ''
	if (!isCurrency(currency) || lines.length !== request.items.length)
		throw invalidAnswer('not the lines that were asked for')

	const items = lines.map(({ sku, title, quantity, unitPrice }, index): OrderItem => {
		const asked = request.items[index]
		if (sku !== asked?.sku || quantity !== asked.quantity) throw invalidAnswer('not the lines that were asked for')
		if (unitPrice?.currencyCode !== currency || !isAmount(unitPrice.amountMinor))
			throw invalidAnswer('an invalid price')
		if (title.includes('\u0000')) throw invalidAnswer('a title that no database can store')
		return { sku, title, quantity, amountMinor: unitPrice.amountMinor }
	})
	const sum = items.reduce((part, { quantity, amountMinor }) => part + BigInt(quantity) * BigInt(amountMinor), 0n)
	const totalMinor = Number(sum)
	if (!isAmount(totalMinor) || totalMinor !== total?.amountMinor)
		throw invalidAnswer('a total that is not the sum of the lines')
	return { items, currency, totalMinor }
}
