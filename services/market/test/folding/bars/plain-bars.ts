import { type Bar, type Step, stepMs } from '../../../src/folding/bars/bar.ts'
import type { Tick } from '../../../src/ticks/tick.ts'

/** The bars of a product by definition, from a record of all of its ticks in the order in which they came. */
export function plainBars(record: readonly Tick[], sku: string, step: Step): Bar[] {
	const groups = new Map<string, Tick[]>()
	for (const tick of record) {
		if (tick.sku !== sku) continue
		const key = `${Math.floor(tick.atMs / stepMs[step])} ${tick.currency}`
		const group = groups.get(key)
		if (group === undefined) groups.set(key, [tick])
		else group.push(tick)
	}
	return [...groups.values()].map(toBar(step)).sort(byTime)
}

const toBar =
	(step: Step) =>
	(ticks: Tick[]): Bar => {
		const inTime = ticks.toSorted((one, other) => one.atMs - other.atMs)
		const amounts = inTime.map(({ amountMinor }) => amountMinor)
		return {
			beginMs: Math.floor(inTime[0]!.atMs / stepMs[step]) * stepMs[step],
			currency: inTime[0]!.currency,
			open: amounts[0]!,
			high: Math.max(...amounts),
			low: Math.min(...amounts),
			close: amounts.at(-1)!,
			ticks: amounts.length,
		}
	}

function byTime(one: Bar, other: Bar): number {
	return one.beginMs - other.beginMs || (one.currency < other.currency ? -1 : 1)
}
