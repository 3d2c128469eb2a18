import type { BarRow } from './known-bars.ts'
import type { BarPart } from './open-bars.ts'

/**
 * The bars of a part, without those that began before a time. They are in the order of the key, in which the database writes them in
 * about 0.7 of the time.
 */
export function rowsOf({ bars }: BarPart, sinceMs: number): BarRow[] {
	return [...bars.keys()].sort().flatMap((sku) => {
		const kept = (bars.get(sku) ?? []).filter(({ beginMs }) => beginMs >= sinceMs)
		return kept.map((bar) => ({ sku, bar }))
	})
}

/** The columns of bars, as the statements take them. */
export function columnsOf(rows: readonly BarRow[]): unknown[] {
	const bars = rows.map(({ bar }) => bar)
	return [
		rows.map(({ sku }) => sku),
		numbers(bars.map(({ beginMs }) => beginMs / 1_000)),
		bars.map(({ currency }) => currency),
		numbers(bars.map(({ open }) => open)),
		numbers(bars.map(({ high }) => high)),
		numbers(bars.map(({ low }) => low)),
		numbers(bars.map(({ close }) => close)),
		numbers(bars.map(({ ticks }) => ticks)),
		numbers(bars.map(({ openMs }) => openMs)),
		numbers(bars.map(({ closeMs }) => closeMs)),
	]
}

/** An array of PostgreSQL. Numbers need no quotes, so that no look at each of them is needed. */
function numbers(values: readonly number[]): string {
	return `{${values.join(',')}}`
}
