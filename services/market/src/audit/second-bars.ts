import { isInBars } from '../checking/verdict.ts'
import { addPrice, barOf, type SecondBar } from '../folding/bars/bar.ts'
import type { ReadAuditedBlocks } from './audited-block.ts'
import { type Breach, mostBreaches } from './breach.ts'

/** Since when ticks and bars are kept; null where there is no partition. `isCut` tells whether ticks were deleted. */
export type KeptTimes = { ticksMs: number | null; barsMs: number | null; isCut: boolean }

/** When the first and the last bar began; null without a bar. */
export type BarBounds = { firstMs: number | null; lastMs: number | null }

export type BarCount = { sku: string; bars: number }

/** Products whose names follow each other: from one on, and before another one. */
export type SkuRange = { from: string; to: string | null }

/** Bars of 1 s, and the last block of each source whose ticks are in bars, at one moment. */
export type AuditedSeconds = { bars: (SecondBar & { sku: string })[]; folds: Map<string, number> }

export type SecondBarNeeds = {
	findKept(): Promise<KeptTimes>
	/** The bounds of the bars since a time. */
	findBounds(sinceMs: number): Promise<BarBounds>
	/** How many bars each product has since a time, in the order of their skus. */
	countBars(sinceMs: number): Promise<BarCount[]>
	readSeconds(range: SkuRange, fromMs: number, toMs: number): Promise<AuditedSeconds>
	readBlocks: ReadAuditedBlocks
}

/** A bar by definition. Of several sources with ticks in one millisecond, it is not known which one came first. */
type TickBar = SecondBar & { openedBy: string; closedBy: string; isOpenTied: boolean; isCloseTied: boolean }

const minuteMs = 60_000
// In memory at once.
const mostBars = 1_000_000

/** Compares the bars of 1 s with the stored ticks, as far as all ticks of a second are kept. */
export async function secondBreaches(needs: SecondBarNeeds): Promise<Breach[]> {
	const { findKept, findBounds, countBars, readSeconds, readBlocks } = needs
	const { ticksMs, barsMs, isCut } = await findKept()
	if (ticksMs === null || barsMs === null) return []
	/** Since when all ticks of a second are kept, if ticks come so long before their time. */
	const wholeSinceMs = (aheadMs: number) =>
		isCut ? Math.max(barsMs, ticksMs + Math.ceil(aheadMs / minuteMs) * minuteMs) : barsMs
	const keptMs = wholeSinceMs(0)
	const breaches: Breach[] = []
	for (const range of rangesOf(await countBars(keptMs))) {
		if (breaches.length < mostBreaches) await compareRange(range)
	}
	return breaches

	async function compareRange(range: SkuRange): Promise<void> {
		const upto = new Map<string, number>()
		const bars = new Map<number, Map<string, TickBar>>()
		let aheadMs = minuteMs

		/** Adds the ticks of the blocks up to those whose ticks are in bars. */
		async function readOn(folds: ReadonlyMap<string, number>): Promise<void> {
			for (const [source, last] of folds) {
				const after = upto.get(source) ?? 0
				if (last <= after) continue
				for await (const { begunAtMs, ticks } of readBlocks({ source, after, upto: last })) {
					for (const { sku, currency, amountMinor, atMs, verdict } of ticks) {
						if (!isInBars(verdict)) continue
						aheadMs = Math.max(aheadMs, atMs - begunAtMs)
						if (atMs >= keptMs && isInRange(sku, range)) add(bars, source, sku, currency, amountMinor, atMs)
					}
				}
				upto.set(source, last)
			}
		}

		const { folds } = await readSeconds(range, keptMs, keptMs)
		await readOn(folds)
		const sinceMs = wholeSinceMs(aheadMs)
		const { firstMs, lastMs } = await findBounds(sinceMs)
		const minutes = [...bars.keys()].filter((minute) => minute >= sinceMs)
		const times = [...minutes, firstMs, lastMs].filter((time) => time !== null)
		const first = Math.min(...times)
		const last = Math.max(...times)
		for (
			let fromMs = first - (first % minuteMs);
			fromMs <= last && breaches.length < mostBreaches;
			fromMs += minuteMs
		) {
			const found = await readSeconds(range, fromMs, fromMs + minuteMs)
			await readOn(found.folds)
			breaches.push(...compare(found.bars, bars.get(fromMs) ?? new Map()))
			bars.delete(fromMs)
		}
	}
}

function rangesOf(counts: readonly BarCount[]): SkuRange[] {
	const ranges: SkuRange[] = []
	let from = ''
	let size = 0
	for (const { sku, bars } of counts) {
		if (size > 0 && size + bars > mostBars) {
			ranges.push({ from, to: sku })
			from = sku
			size = 0
		}
		size += bars
	}
	return [...ranges, { from, to: null }]
}

function isInRange(sku: string, { from, to }: SkuRange): boolean {
	return sku >= from && (to === null || sku < to)
}

function keyOf(sku: string, beginMs: number, currency: string): string {
	return `${sku} ${beginMs} ${currency}`
}

function add(
	bars: Map<number, Map<string, TickBar>>,
	source: string,
	sku: string,
	currency: string,
	amount: number,
	atMs: number,
): void {
	const minute = atMs - (atMs % minuteMs)
	const ofMinute = bars.get(minute) ?? new Map<string, TickBar>()
	bars.set(minute, ofMinute)
	const ms = atMs % 1_000
	const key = keyOf(sku, atMs - ms, currency)
	const bar = ofMinute.get(key)
	if (bar === undefined) {
		const made = barOf(currency, amount, atMs)
		ofMinute.set(key, { ...made, openedBy: source, closedBy: source, isOpenTied: false, isCloseTied: false })
		return
	}
	if (ms < bar.openMs) Object.assign(bar, { openedBy: source, isOpenTied: false })
	else if (ms === bar.openMs && source !== bar.openedBy) bar.isOpenTied = true
	if (ms === bar.closeMs && source !== bar.closedBy) bar.isCloseTied = true
	else if (ms > bar.closeMs) Object.assign(bar, { closedBy: source, isCloseTied: false })
	addPrice(bar, amount, ms)
}

function compare(stored: readonly (SecondBar & { sku: string })[], due: ReadonlyMap<string, TickBar>): Breach[] {
	const breaches: Breach[] = []
	const known = new Set<string>()
	for (const { sku, ...bar } of stored) {
		const key = keyOf(sku, bar.beginMs, bar.currency)
		known.add(key)
		const fault = faultOf(bar, due.get(key))
		if (fault !== undefined) breaches.push(breachOf(sku, bar, fault))
	}
	for (const [key, bar] of due) {
		if (!known.has(key)) breaches.push(breachOf(key.slice(0, key.indexOf(' ')), bar, 'is missing'))
	}
	return breaches
}

function faultOf(stored: SecondBar, due: TickBar | undefined): string | undefined {
	if (due === undefined) return 'is one of no tick'
	if (stored.ticks !== due.ticks) return `has ${stored.ticks} ticks, and ${due.ticks} were accepted`
	const isOpenRight = due.isOpenTied || stored.open === due.open
	const isCloseRight = due.isCloseTied || stored.close === due.close
	if (isOpenRight && isCloseRight && stored.high === due.high && stored.low === due.low) return undefined
	return `is ${textOf(stored)}, and its ticks make ${textOf(due)}`
}

function textOf({ open, high, low, close }: SecondBar): string {
	return [open, high, low, close].join('/')
}

function breachOf(sku: string, { beginMs, currency }: SecondBar, fault: string): Breach {
	return { subject: sku, finding: `its bar of 1s at ${new Date(beginMs).toISOString()} in ${currency} ${fault}` }
}
