import { type Bar, type Step, stepMs } from '../../folding/bars/bar.ts'
import type { JudgedTick } from '../../folding/blocks/judged-tick.ts'

/** A stream that is told bars of a product. */
export type BarWatcher = {
	/** Bars that began at a time or later have changed. */
	note(sku: string, sinceMs: number): void
	/** Something was noted. */
	wake(): void
	/** When the first bar begins that is to be told; infinite when none is. */
	pendingSinceMs(sku: string): number
}

export type LiveBar = Bar & {
	/** The encoded bar, until it changes. */
	bytes?: Buffer | undefined
}

/** The latest bars of a product, for the streams that watch it. */
export type LiveBars = {
	readonly sku: string
	readonly step: Step
	readonly watchers: Set<BarWatcher>
	/** The order of time. */
	bars: LiveBar[]
	/** The begins of steps that are to be read anew, because a late price belongs to them. */
	readonly late: Set<number>
	/** Whether the bars were read. */
	isRead: boolean
	/** When the first bar begins whose change is not noted for the streams yet; infinite when all are. */
	changedSinceMs: number
}

// The bars before these are dropped when no stream is to be told them any more.
const usualBars = 64
const fewestBars = 4

export function createLiveBars(sku: string, step: Step): LiveBars {
	return {
		sku,
		step,
		watchers: new Set(),
		bars: [],
		late: new Set(),
		isRead: false,
		changedSinceMs: Number.POSITIVE_INFINITY,
	}
}

/**
 * Adds an accepted price. One that is not the newest cannot be added: its step is to be read anew.
 *
 * @returns when the bar begins that has changed
 */
export function addTick(live: LiveBars, { verdict, currency, amountMinor, atMs }: JudgedTick): number | undefined {
	const beginMs = atMs - (atMs % stepMs[live.step])
	const newestMs = live.bars.at(-1)?.beginMs ?? Number.NEGATIVE_INFINITY
	if (verdict.kind === 'late' || beginMs < newestMs) {
		live.late.add(beginMs)
		return undefined
	}
	const bar = live.bars.findLast((bar) => bar.beginMs === beginMs && bar.currency === currency)
	if (bar === undefined) {
		const amounts = { open: amountMinor, high: amountMinor, low: amountMinor, close: amountMinor }
		live.bars.push({ beginMs, currency, ...amounts, ticks: 1 })
		if (live.bars.length % usualBars === 0) dropTold(live)
	} else {
		bar.high = Math.max(bar.high, amountMinor)
		bar.low = Math.min(bar.low, amountMinor)
		bar.close = amountMinor
		bar.ticks++
		bar.bytes = undefined
	}
	return beginMs
}

function dropTold(live: LiveBars): void {
	const pending = [...live.watchers].map((watcher) => watcher.pendingSinceMs(live.sku))
	const sinceMs = Math.min(live.bars.at(-fewestBars)?.beginMs ?? 0, live.changedSinceMs, ...pending)
	live.bars = live.bars.filter(({ beginMs }) => beginMs >= sinceMs)
}

/**
 * Takes the bars of some steps as they were read.
 *
 * @returns when the first bar begins that differs from the one before; undefined when none does
 */
export function replaceBars(live: LiveBars, read: readonly Bar[]): number | undefined {
	const known = new Map(live.bars.map((bar) => [keyOf(bar), bar]))
	const changed = read.filter((bar) => !isSame(known.get(keyOf(bar)), bar))
	for (const bar of changed) known.set(keyOf(bar), { ...bar })
	live.bars = [...known.values()].sort((one, other) => one.beginMs - other.beginMs)
	return changed.length === 0 ? undefined : Math.min(...changed.map(({ beginMs }) => beginMs))
}

function keyOf({ beginMs, currency }: Bar): string {
	return `${beginMs} ${currency}`
}

function isSame(one: Bar | undefined, other: Bar): boolean {
	return (
		one?.open === other.open &&
		one.high === other.high &&
		one.low === other.low &&
		one.close === other.close &&
		one.ticks === other.ticks
	)
}
