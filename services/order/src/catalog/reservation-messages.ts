import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import type { ReservationRefusal__Output } from '@mercat/catalog-api/messages/ReservationRefusal'
import type { ReservationRequest as ReservationRequestMessage } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReservationResult__Output } from '@mercat/catalog-api/messages/ReservationResult'
import { Problem } from '@mercat/order-api/problems'
import type { Money } from '@mercat/order-api/schemas'
import { isAmount, type OrderItem } from '../order/order.ts'
import type { Reservation, ReservationOutcome, ReservationRequest } from '../placing/place-order.ts'

export function toReservationMessage(request: ReservationRequest): ReservationRequestMessage {
	const { orderId, holdMs, items, createOnly } = request
	return {
		orderId,
		holdDuration: { seconds: Math.floor(holdMs / 1000), nanos: (holdMs % 1000) * 1e6 },
		lines: items.map(({ sku, quantity, expectedUnitPrice: price }) => ({
			sku,
			quantity,
			expectedUnitPrice: price && { currencyCode: price.currency, amountMinor: price.amountMinor },
		})),
		createOnly,
	}
}

/** Why the catalog refused, in the client's terms. */
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
			return nonsense(`an unknown refusal: ${reason}`)
	}
}

// A number could not hold it, so the amount is a string here, and only here.
function exactTotal(lines: ReservationRefusal__Output['lines']): { amountMinor: string; currency: string } {
	const amounts = lines.map((line) => BigInt(line.requestedQuantity) * BigInt(line.actualUnitPrice?.amountMinor ?? 0))
	const total = amounts.reduce((sum, amount) => sum + amount, 0n)
	return { amountMinor: String(total), currency: lines[0]?.actualUnitPrice?.currencyCode ?? '' }
}

const currencyForm = /^[A-Z]{3}$/

/** What the catalog answered to `request`. */
export function readOutcome(
	result: ReservationResult__Output | undefined,
	request: ReservationRequest,
): ReservationOutcome | Problem {
	try {
		if (result?.orderId !== request.orderId) throw nonsense('for another order')
		if (result.refusal?.reason === 'RESERVATION_RELEASED') return 'released'
		if (result.refusal?.reason === 'RESERVATION_EXISTS' && request.createOnly) return 'exists'
		return result.refusal ? refusalProblem(result.refusal) : readReservation(result, request)
	} catch (error) {
		if (error instanceof Problem) return error
		throw error
	}
}

/**
 * The reservation that answers `request`, checked before it becomes an order: the same lines, prices
 * in one currency, and a total that is their sum.
 *
 * @throws Problem CATALOG_ERROR
 */
function readReservation({ reservation }: ReservationResult__Output, request: ReservationRequest): Reservation {
	if (!reservation) throw nonsense('neither a reservation nor a refusal')
	const { lines, total } = reservation
	const currency = total?.currencyCode ?? ''
	if (!currencyForm.test(currency) || lines.length !== request.items.length)
		throw nonsense('not the lines that were asked for')

	const items = lines.map(({ sku, title, quantity, unitPrice }, index): OrderItem => {
		const asked = request.items[index]
		if (sku !== asked?.sku || quantity !== asked.quantity) throw nonsense('not the lines that were asked for')
		if (unitPrice?.currencyCode !== currency || !isAmount(unitPrice.amountMinor)) throw nonsense('a price that is none')
		if (title.includes('\u0000')) throw nonsense('a title that cannot be stored')
		return { sku, title, quantity, amountMinor: unitPrice.amountMinor }
	})
	const sum = items.reduce((part, { quantity, amountMinor }) => part + BigInt(quantity) * BigInt(amountMinor), 0n)
	const totalMinor = Number(sum)
	if (!isAmount(totalMinor) || totalMinor !== total?.amountMinor) throw nonsense('a total that is not the sum')
	return { items, currency, totalMinor }
}

/** That the catalog answered what it never should. */
export function nonsense(what: string): Problem {
	return new Problem('CATALOG_ERROR', {}, { cause: new Error(`the catalog answered ${what}`) })
}

/** @throws Problem CATALOG_ERROR when it is no money */
export function toMoney({ currencyCode, amountMinor }: Money__Output): Money {
	if (!currencyForm.test(currencyCode) || !isAmount(amountMinor)) throw nonsense('a price that is none')
	return { amountMinor, currency: currencyCode }
}
