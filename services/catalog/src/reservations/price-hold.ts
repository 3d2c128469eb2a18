import { largestAmount } from '@mercat/catalog-api/amounts'
import {
	type Money,
	type NewHold,
	type Refusal,
	type RefusedLine,
	type RequestedLine,
	refused,
	type ShelfItem,
} from './reservation.ts'

export type PricedHold = Pick<NewHold, 'lines' | 'currency' | 'totalMinor'>

/**
 * Prices the lines of a request, if the shelf has everything that they ask for. A refusal has the first reason that
 * applies, with every line at fault.
 */
export function priceHold(
	lines: RequestedLine[],
	shelf: Pick<ReadonlyMap<string, ShelfItem>, 'has' | 'get'>,
): { outcome: 'priced'; hold: PricedHold } | Refusal {
	const missing = lines.filter((line) => !shelf.has(line.sku))
	if (missing.length > 0)
		return refused(
			'PRODUCT_NOT_FOUND',
			missing.map((line) => ({ line })),
		)

	const picks = lines.map((line) => ({ line, item: shelf.get(line.sku) as ShelfItem }))
	const archived = picks.filter(({ item }) => item.archived)
	if (archived.length > 0)
		return refused(
			'PRODUCT_ARCHIVED',
			archived.map(({ line }) => ({ line })),
		)

	const currency = picks[0]?.item.currency ?? ''
	if (picks.some(({ item }) => item.currency !== currency)) return refused('MIXED_CURRENCIES', picks.map(withPrice))

	// Exact up to the largest amount. Rounding never makes a sum that is too large any smaller.
	const totalMinor = picks.reduce((sum, { line, item }) => sum + item.amountMinor * line.quantity, 0)
	if (totalMinor > largestAmount) return refused('TOTAL_TOO_LARGE', picks.map(withPrice))

	const repriced = picks.filter(({ line, item }) => line.expectedUnitPrice && !isPriceOf(line.expectedUnitPrice, item))
	if (repriced.length > 0) return refused('PRICE_CHANGED', repriced.map(withPrice))

	const short = picks.filter(({ line, item }) => item.onHand - item.held < line.quantity)
	if (short.length > 0) {
		return refused(
			'OUT_OF_STOCK',
			short.map(({ line, item }) => ({ line, available: item.onHand - item.held })),
		)
	}

	const reserved = picks.map(({ line: { sku, quantity }, item: { title, amountMinor } }) => ({
		sku,
		title,
		quantity,
		amountMinor,
	}))
	return { outcome: 'priced', hold: { lines: reserved, currency, totalMinor } }
}

function withPrice({ line, item }: { line: RequestedLine; item: ShelfItem }): RefusedLine {
	return { line, actual: { currency: item.currency, amountMinor: item.amountMinor } }
}

function isPriceOf(expected: Money, item: ShelfItem): boolean {
	return expected.currency === item.currency && expected.amountMinor === item.amountMinor
}
