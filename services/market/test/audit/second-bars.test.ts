import { expect, test } from 'vitest'
import { type SecondBarNeeds, secondBreaches } from '../../src/audit/second-bars.ts'
import { accepted, refused, type Verdict } from '../../src/checking/verdict.ts'
import { barOf } from '../../src/folding/bars/bar.ts'

const minuteMs = 60_000
const keptMs = Date.parse('2026-11-30T12:00:00Z')
const beginMs = keptMs + 10 * minuteMs

type TimedTick = { sku: string; begunAtMs: number; atMs: number; verdict?: Verdict }

/** Ticks of a source that are kept since a time, and the bars of its products. All have one price. */
function stored(ticks: TimedTick[], barsAtMs: { sku: string; atMs: number }[]): SecondBarNeeds {
	const bars = barsAtMs.map(({ sku, atMs }) => ({ sku, ...barOf('EUR', 100, atMs) }))
	return {
		findKept: async () => ({ ticksMs: keptMs, barsMs: keptMs - 60 * minuteMs, isCut: true }),
		countBars: async () => [],
		async findBounds(sinceMs) {
			const begins = bars.map((bar) => bar.beginMs).filter((begin) => begin >= sinceMs)
			if (begins.length === 0) return { firstMs: null, lastMs: null }
			return { firstMs: Math.min(...begins), lastMs: Math.max(...begins) }
		},
		readSeconds: async (_range, fromMs, toMs) => ({
			bars: bars.filter((bar) => bar.beginMs >= fromMs && bar.beginMs < toMs),
			folds: new Map([['metals', ticks.length]]),
		}),
		async *readBlocks() {
			for (const [seq, { sku, begunAtMs, atMs, verdict = accepted }] of ticks.entries()) {
				const tick = { sku, currency: 'EUR', amountMinor: 100, available: undefined, atMs, seq, verdict }
				yield { begunAtMs, ticks: [tick] }
			}
		},
	}
}

const tick = { sku: 'GOLD', begunAtMs: beginMs, atMs: beginMs }

test('bars that are those of their ticks are no breach', async () => {
	expect(await secondBreaches(stored([tick], [tick]))).toEqual([])
})

test('a missing bar is a breach, also when a source has sent a tick of next week', async () => {
	const early = { ...tick, atMs: beginMs + 7 * 1_440 * minuteMs, verdict: refused('CLOCK_AHEAD') }
	expect(await secondBreaches(stored([early, tick], []))).toEqual([
		{ subject: 'GOLD', finding: 'its bar of 1s at 2026-11-30T12:10:00.000Z in EUR is missing' },
	])
})

test('bars whose ticks may be deleted, because some come before their time, are not compared', async () => {
	const early = { ...tick, atMs: beginMs + 90_000 }
	const maybeDeleted = { sku: 'OIL', atMs: keptMs + 119_000 }
	const kept = { sku: 'TIN', atMs: keptMs + 120_000 }
	expect(await secondBreaches(stored([early], [early, maybeDeleted, kept]))).toEqual([
		{ subject: 'TIN', finding: 'its bar of 1s at 2026-11-30T12:02:00.000Z in EUR is one of no tick' },
	])
})
