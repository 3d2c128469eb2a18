/** Amounts, totals and quantities are integers up to this; beyond it a number is not exact. */
export const largestAmount = Number.MAX_SAFE_INTEGER

export type ReservationState = 'held' | 'committed' | 'released' | 'expired'

export type Money = { currency: string; amountMinor: number }

export type RequestedLine = { sku: string; quantity: number; expectedUnitPrice?: Money }

export type ReservationRequest = {
	orderId: string
	holdMs: number
	/** Sorted by sku, each sku once. */
	lines: RequestedLine[]
	/** Refused when the order has a reservation, whatever became of it. */
	createOnly: boolean
}

/** Title and unit price as they were when the stock was held. */
export type ReservedLine = { sku: string; title: string; quantity: number; amountMinor: number }

export type Reservation = {
	orderId: string
	state: ReservationState
	/** Sorted by sku; empty when it was released before it was ever held. */
	lines: ReservedLine[]
	currency: string
	totalMinor: number
	expiresAt: Date
}

/** A product as a reservation sees it, its stock locked. */
export type ShelfItem = {
	sku: string
	title: string
	currency: string
	amountMinor: number
	archived: boolean
	onHand: number
	held: number
}

export type RefusalReason =
	| 'RESERVATION_EXISTS'
	| 'RESERVATION_RELEASED'
	| 'RESERVATION_MISMATCH'
	| 'PRODUCT_NOT_FOUND'
	| 'PRODUCT_ARCHIVED'
	| 'MIXED_CURRENCIES'
	| 'TOTAL_TOO_LARGE'
	| 'PRICE_CHANGED'
	| 'OUT_OF_STOCK'

export type RefusedLine = { line: RequestedLine; available?: number; actual?: Money }

export type Refusal = { refused: RefusalReason; lines: RefusedLine[] }

export type PricedHold = { lines: ReservedLine[]; currency: string; totalMinor: number }

/**
 * What an earlier reservation for the same order says to a request: it refuses one that is to create it, answers
 * itself when it is held or committed with the same lines, refuses when it cannot be had again, and says nothing when
 * its hold ran out, or when there is none.
 */
export function answerFromEarlier(
	request: ReservationRequest,
	earlier: Reservation | undefined,
): Reservation | Refusal | undefined {
	if (earlier === undefined) return undefined
	if (request.createOnly) return { refused: 'RESERVATION_EXISTS', lines: [] }
	if (earlier.state === 'expired') return undefined
	if (earlier.state === 'released') return { refused: 'RESERVATION_RELEASED', lines: [] }
	const differing = differingLines(request.lines, earlier.lines)
	if (differing !== undefined) return { refused: 'RESERVATION_MISMATCH', lines: differing.map((line) => ({ line })) }
	return earlier
}

/** Prices a request and checks that the shelf has what it asks for, or tells the first reason why not, with every line at fault. */
export function priceHold(
	lines: RequestedLine[],
	shelf: Pick<ReadonlyMap<string, ShelfItem>, 'has' | 'get'>,
): PricedHold | Refusal {
	const missing = lines.filter((line) => !shelf.has(line.sku))
	if (missing.length > 0) return { refused: 'PRODUCT_NOT_FOUND', lines: missing.map((line) => ({ line })) }

	const picks = lines.map((line) => ({ line, item: shelf.get(line.sku) as ShelfItem }))
	const archived = picks.filter(({ item }) => item.archived)
	if (archived.length > 0) return { refused: 'PRODUCT_ARCHIVED', lines: archived }

	const currency = picks[0]?.item.currency ?? ''
	if (picks.some(({ item }) => item.currency !== currency))
		return { refused: 'MIXED_CURRENCIES', lines: picks.map(withPrice) }

	// Exact as long as it is not too large; and rounding never makes what is too large any less.
	const totalMinor = picks.reduce((sum, { line, item }) => sum + item.amountMinor * line.quantity, 0)
	if (totalMinor > largestAmount) return { refused: 'TOTAL_TOO_LARGE', lines: picks.map(withPrice) }

	const repriced = picks.filter(({ line, item }) => line.expectedUnitPrice && !isPriceOf(line.expectedUnitPrice, item))
	if (repriced.length > 0) return { refused: 'PRICE_CHANGED', lines: repriced.map(withPrice) }

	const short = picks.filter(({ line, item }) => item.onHand - item.held < line.quantity)
	if (short.length > 0) {
		return {
			refused: 'OUT_OF_STOCK',
			lines: short.map(({ line, item }) => ({ line, available: item.onHand - item.held })),
		}
	}

	const reserved = picks.map(({ line: { sku, quantity }, item: { title, amountMinor } }) => ({
		sku,
		title,
		quantity,
		amountMinor,
	}))
	return { lines: reserved, currency, totalMinor }
}

function withPrice({ line, item }: { line: RequestedLine; item: ShelfItem }): RefusedLine {
	return { line, actual: { currency: item.currency, amountMinor: item.amountMinor } }
}

function isPriceOf(expected: Money, item: ShelfItem): boolean {
	return expected.currency === item.currency && expected.amountMinor === item.amountMinor
}

/** The requested lines that differ from the earlier ones; undefined when skus and quantities are the same. */
function differingLines(requested: RequestedLine[], earlier: ReservedLine[]): RequestedLine[] | undefined {
	const quantities = new Map(earlier.map(({ sku, quantity }) => [sku, quantity]))
	const differing = requested.filter(({ sku, quantity }) => quantities.get(sku) !== quantity)
	return differing.length === 0 && requested.length === earlier.length ? undefined : differing
}
