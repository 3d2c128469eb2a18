import type { BarPart } from './open-bars.ts'

/** The columns of bars of 1 s, each with a value for each bar. */
export type BarColumns = ReturnType<typeof emptyColumns>

/** The bars of a part in columns of at most so many rows, without the bars that began before a time. */
export function columnsOf({ seconds }: BarPart, sinceMs: number, mostRows: number): BarColumns[] {
	const parts: BarColumns[] = []
	let columns = emptyColumns()
	for (const [second, bySku] of seconds) {
		if (second * 1_000 < sinceMs) continue
		for (const [sku, bars] of bySku) {
			for (const bar of bars) {
				if (columns.sku.length === 0) parts.push(columns)
				columns.sku.push(sku)
				columns.second.push(second)
				columns.currency.push(bar.currency)
				columns.open.push(bar.open)
				columns.high.push(bar.high)
				columns.low.push(bar.low)
				columns.close.push(bar.close)
				columns.ticks.push(bar.ticks)
				columns.openMs.push(bar.openMs)
				columns.closeMs.push(bar.closeMs)
				if (columns.sku.length === mostRows) columns = emptyColumns()
			}
		}
	}
	return parts
}

function emptyColumns() {
	return {
		sku: [] as string[],
		second: [] as number[],
		currency: [] as string[],
		open: [] as number[],
		high: [] as number[],
		low: [] as number[],
		close: [] as number[],
		ticks: [] as number[],
		openMs: [] as number[],
		closeMs: [] as number[],
	}
}
