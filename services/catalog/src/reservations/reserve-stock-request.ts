import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { ReservationRequestLine__Output } from '@mercat/catalog-api/messages/ReservationRequestLine'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import { invalidRequest } from '../grpc/errors.ts'
import { isOrderId, isSku } from '../grpc/identifiers.ts'
import type { RequestedLine, ReservationRequest } from './reservation.ts'

const mostReservations = 256
const mostLines = 2_000
const largestQuantity = 10_000
const shortestHoldMs = 1_000
const longestHoldMs = 24 * 3_600_000

const currencyForm = /^[A-Z]{3}$/

/**
 * The reservations that a message asks for, lines sorted by sku.
 *
 * @throws CatalogError INVALID_REQUEST, naming every field at fault
 */
export function validateReserveStock({ reservations }: ReserveStockRequest__Output): ReservationRequest[] {
	const violations: FieldViolation[] = []
	const violated = (field: string, description: string) => violations.push({ field, description })

	if (reservations.length < 1 || reservations.length > mostReservations)
		violated('reservations', `1 to ${mostReservations}`)
	const lineCount = reservations.reduce((sum, { lines }) => sum + lines.length, 0)
	if (lineCount > mostLines) violated('reservations', `at most ${mostLines} lines in all`)
	if (violations.length > 0) throw invalidRequest(violations)

	const requests = reservations.map(({ orderId, holdDuration, lines, createOnly }, index): ReservationRequest => {
		const field = `reservations[${index}]`
		const holdMs = holdDuration === null ? 0 : holdDuration.seconds * 1000 + Math.ceil(holdDuration.nanos / 1e6)
		if (!isOrderId(orderId)) violated(`${field}.order_id`, 'a UUID in lower case')
		if (!(holdMs >= shortestHoldMs && holdMs <= longestHoldMs)) violated(`${field}.hold_duration`, '1 s to 24 h')
		if (lines.length === 0) violated(`${field}.lines`, 'at least one')
		if (new Set(lines.map(({ sku }) => sku)).size < lines.length) violated(`${field}.lines`, 'each sku once')
		lines.forEach((line, lineIndex) => {
			checkLine(line, `${field}.lines[${lineIndex}]`, violated)
		})
		return { orderId, holdMs, lines: lines.map(toLine).sort((a, b) => (a.sku < b.sku ? -1 : 1)), createOnly }
	})
	if (violations.length > 0) throw invalidRequest(violations)
	return requests
}

function checkLine(
	{ sku, quantity, expectedUnitPrice }: ReservationRequestLine__Output,
	field: string,
	violated: (field: string, description: string) => void,
): void {
	if (!isSku(sku)) violated(`${field}.sku`, '1 to 64 of A-Z a-z 0-9 . _ -')
	if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > largestQuantity)
		violated(`${field}.quantity`, `1 to ${largestQuantity}`)
	if (expectedUnitPrice === null) return
	if (!currencyForm.test(expectedUnitPrice.currencyCode))
		violated(`${field}.expected_unit_price.currency_code`, 'three upper-case letters')
	if (!Number.isSafeInteger(expectedUnitPrice.amountMinor) || expectedUnitPrice.amountMinor < 0) {
		violated(`${field}.expected_unit_price.amount_minor`, '0 to 2^53 - 1')
	}
}

function toLine({ sku, quantity, expectedUnitPrice }: ReservationRequestLine__Output): RequestedLine {
	if (expectedUnitPrice === null) return { sku, quantity }
	return {
		sku,
		quantity,
		expectedUnitPrice: { currency: expectedUnitPrice.currencyCode, amountMinor: expectedUnitPrice.amountMinor },
	}
}
