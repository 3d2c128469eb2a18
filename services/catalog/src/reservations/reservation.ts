export type ReservationState = 'held' | 'committed' | 'released' | 'expired'

export type Money = { currency: string; amountMinor: number }

export type RequestedLine = { sku: string; quantity: number; expectedUnitPrice?: Money }

export type ReservationRequest = {
	orderId: string
	holdMs: number
	/** Sorted by sku, each sku once. */
	lines: RequestedLine[]
	/** Refuse the request when the order has a reservation in any state. */
	createOnly: boolean
}

/** Title and unit price as they were when the stock was held. */
export type ReservedLine = { sku: string; title: string; quantity: number; amountMinor: number }

export type Reservation = {
	orderId: string
	state: ReservationState
	/** Sorted by sku; empty when the order was released before it had a reservation. */
	lines: ReservedLine[]
	currency: string
	totalMinor: number
	expiresAt: Date
}

/** A hold for an order, with the prices and titles of its lines. */
export type NewHold = Pick<Reservation, 'orderId' | 'lines' | 'currency' | 'totalMinor'> & { holdMs: number }

/** A product with its stock, as a reservation needs it. */
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

/** A request that holds nothing: the first reason that applies, and every line at fault. */
export type Refusal = { outcome: 'refused'; reason: RefusalReason; lines: RefusedLine[] }

/** The answer to a request to reserve. */
export type ReserveOutcome = { outcome: 'reserved'; reservation: Reservation } | Refusal

export function refused(reason: RefusalReason, lines: RefusedLine[] = []): Refusal {
	return { outcome: 'refused', reason, lines }
}

/** The skus of some reservations, each once, in the order in which stock is locked. */
export function sortedSkus(reservations: readonly { lines: readonly { sku: string }[] }[]): string[] {
	return [...new Set(reservations.flatMap(({ lines }) => lines.map(({ sku }) => sku)))].sort()
}

/** Why the order's earlier reservation forbids a request; `undefined` when it forbids nothing. */
export function refusalByEarlier(
	{ createOnly, lines }: ReservationRequest,
	earlier: Pick<Reservation, 'state' | 'lines'> | undefined,
): Refusal | undefined {
	if (earlier === undefined) return undefined
	if (createOnly) return refused('RESERVATION_EXISTS')
	if (earlier.state === 'released') return refused('RESERVATION_RELEASED')
	if (earlier.state === 'expired') return undefined
	const quantities = new Map(earlier.lines.map(({ sku, quantity }) => [sku, quantity]))
	const differing = lines.filter(({ sku, quantity }) => quantities.get(sku) !== quantity)
	if (differing.length === 0 && lines.length === earlier.lines.length) return undefined
	return refused(
		'RESERVATION_MISMATCH',
		differing.map((line) => ({ line })),
	)
}
