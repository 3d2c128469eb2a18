import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { ReservationRequest__Output } from '@mercat/catalog-api/messages/ReservationRequest'
import type { ReservationRequestLine__Output } from '@mercat/catalog-api/messages/ReservationRequestLine'
import type { ReserveStockRequest__Output } from '@mercat/catalog-api/messages/ReserveStockRequest'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { invalidRequest } from '@mercat/grpc-service/invalid-request'
import { skuProblem } from '@mercat/grpc-service/skus'
import { amountProblem } from '../errors/field-problems.ts'
import { orderIdProblem } from '../errors/identifiers.ts'
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
 * @throws GeneralError INVALID_REQUEST, which names every field at fault
 */
export function validateReserveStock({ reservations }: ReserveStockRequest__Output): ReservationRequest[] {
	const violations: FieldViolation[] = []
	const check: Check = (parent, field, problem) => {
		if (problem !== undefined) violations.push({ field: parent + field, description: problem })
	}
	const isCountRight = reservations.length >= 1 && reservations.length <= mostReservations
	const lineCount = reservations.reduce((sum, { lines }) => sum + lines.length, 0)
	check('', 'reservations', isCountRight ? undefined : `must have 1 to ${mostReservations} items`)
	check('', 'reservations', lineCount > mostLines ? `must have at most ${mostLines} lines in all` : undefined)
	if (violations.length > 0) throw invalidRequest(violations)

	const requests = reservations.map((reservation, index) => toRequest(reservation, `reservations[${index}]`, check))
	if (violations.length > 0) throw invalidRequest(violations)
	return requests
}

type Check = (parent: string, field: string, problem: string | undefined) => void

function toRequest(
	{ orderId, holdDuration, lines, createOnly }: ReservationRequest__Output,
	parent: string,
	check: Check,
): ReservationRequest {
	const holdMs = holdDuration === null ? 0 : Math.ceil(millisecondsOf(holdDuration))
	const isHoldInRange = holdMs >= shortestHoldMs && holdMs <= longestHoldMs
	const isEachSkuOnce = new Set(lines.map(({ sku }) => sku)).size === lines.length
	check(parent, '.order_id', orderIdProblem(orderId))
	check(parent, '.hold_duration', isHoldInRange ? undefined : 'must be from 1 s to 24 h')
	check(parent, '.lines', lines.length > 0 ? undefined : 'must have at least 1 item')
	check(parent, '.lines', isEachSkuOnce ? undefined : 'must have each sku once')
	lines.forEach((line, index) => {
		checkLine(line, `${parent}.lines[${index}]`, check)
	})
	return { orderId, holdMs, lines: lines.map(toLine).sort((a, b) => (a.sku < b.sku ? -1 : 1)), createOnly }
}

function checkLine(
	{ sku, quantity, expectedUnitPrice }: ReservationRequestLine__Output,
	parent: string,
	check: Check,
): void {
	const isQuantityRight = Number.isSafeInteger(quantity) && quantity >= 1 && quantity <= largestQuantity
	check(parent, '.sku', skuProblem(sku))
	check(parent, '.quantity', isQuantityRight ? undefined : `must be an integer from 1 to ${largestQuantity}`)
	if (expectedUnitPrice === null) return
	const { currencyCode, amountMinor } = expectedUnitPrice
	const isCurrency = currencyForm.test(currencyCode)
	check(parent, '.expected_unit_price.currency_code', isCurrency ? undefined : 'must be three upper-case letters')
	check(parent, '.expected_unit_price.amount_minor', amountProblem(amountMinor))
}

function toLine({ sku, quantity, expectedUnitPrice }: ReservationRequestLine__Output): RequestedLine {
	if (expectedUnitPrice === null) return { sku, quantity }
	const { currencyCode: currency, amountMinor } = expectedUnitPrice
	return { sku, quantity, expectedUnitPrice: { currency, amountMinor } }
}
