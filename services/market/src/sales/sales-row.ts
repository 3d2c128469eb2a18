import type { salesDimensions, salesSteps } from '@mercat/market-api/sales-schemas'
import { stepMs } from '../folding/bars/bar.ts'
import type { SalesEvent } from './sales-event.ts'

export type SalesStep = (typeof salesSteps)[number]

export function forEachStep<T>(make: (step: SalesStep) => T): Record<SalesStep, T> {
	return { '1m': make('1m'), '1h': make('1h'), '1d': make('1d') }
}

/** What sales are counted by. */
export type Dimension = (typeof salesDimensions)[number]

/** Names a row of the sales of a step. */
export type SalesKey = {
	dimension: Dimension
	/** The status that the orders have entered; empty where it is the key. */
	status: string
	/** When the step began, in milliseconds since 1970. */
	beginMs: number
	key: string
	currency: string
}

/** What some transitions add to the row of a key. The sum of amounts may be larger than a number can be exact. */
export type SalesCount = SalesKey & { orders: number; quantity: number; amountMinor: bigint }

/** What events add to the sales of each key of a step. */
export function countSales(events: readonly SalesEvent[], step: SalesStep): SalesCount[] {
	const counts = new Map<string, SalesCount>()

	function add(key: SalesKey, quantity: number, amountMinor: number, isNewOrder: boolean): void {
		const name = nameOf(key)
		let count = counts.get(name)
		if (count === undefined) {
			count = { ...key, orders: 0, quantity: 0, amountMinor: 0n }
			counts.set(name, count)
		}
		if (isNewOrder) count.orders++
		count.quantity += quantity
		count.amountMinor += BigInt(amountMinor)
	}

	for (const { status, atMs, currency, totalMinor, lines } of events) {
		if (status === '') continue
		const beginMs = beginOf(atMs, step)
		const pieces = lines.reduce((sum, { quantity }) => sum + quantity, 0)
		add({ dimension: 'status', status: '', beginMs, key: status, currency }, pieces, totalMinor, true)
		const categories = new Set<string>()
		for (const { sku, category, quantity, amountMinor } of lines) {
			// An order has each sku once.
			add({ dimension: 'sku', status, beginMs, key: sku, currency }, quantity, amountMinor, true)
			const isNew = !categories.has(category)
			categories.add(category)
			add({ dimension: 'category', status, beginMs, key: category, currency }, quantity, amountMinor, isNew)
		}
	}
	return [...counts.values()]
}

/** When the step of a time began. */
export function beginOf(ms: number, step: SalesStep): number {
	return ms - (ms % stepMs[step])
}

// A category may have spaces, and the other parts have none.
function nameOf({ dimension, status, beginMs, currency, key }: SalesKey): string {
	return `${dimension} ${status} ${beginMs} ${currency} ${key}`
}
