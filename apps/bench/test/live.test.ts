import { createTestDatabase } from '@mercat/testing/test-database'
import pg from 'pg'
import { expect, test } from 'vitest'
import type { BarJob } from '../src/live/bar-process.ts'
import { type LiveTurns, liveMeasurements } from '../src/live/live-measurements.ts'
import { countedSince, meanMsSince, parseMarketCounts } from '../src/live/market-counts.ts'
import { barsOf, ticksOfTurn, toCopyLine } from '../src/live/ticks-of-turn.ts'
import type { LoadResult } from '../src/load/load-result.ts'
import { startGenerator } from '../src/load/start-generator.ts'
import { comparedValues, isMet, median } from '../src/running/measurement.ts'

const target = { bound: 'at most', value: 500 } as const

type Load = { completed?: number; seconds?: number; p99Ms?: number; failures?: Record<string, number> }

function turns(contestant: string, load: Load, ticks?: Load) {
	const usual = { completed: 200_000, seconds: 10, p50Ms: 50, p99Ms: 100, failures: {} }
	const turn = { load: { ...usual, ...load }, ...(ticks && { ticks: { ...usual, ...ticks } }) }
	return { contestant, cpuMs: {}, turns: [turn] }
}

const met: LiveTurns = {
	most: turns('mercat', {}),
	flows: [{ ticksPerSecond: 10_000, turns: turns('10000 ticks/s', { completed: 100_000 }), target }],
	orders: {
		...{ ratePerSecond: 500, ticksPerSecond: 5_000, seconds: 10 },
		alone: turns('no tick', { completed: 5_000, p99Ms: 20 }),
		beside: turns('5000 ticks/s', { completed: 5_000, p99Ms: 24 }, { completed: 50_000 }),
	},
	ticks: 5_000_000,
	residentMb: [150, 160, 160, 161],
}

function missed(changes: Partial<LiveTurns>): string[] {
	return liveMeasurements({ ...met, ...changes })
		.filter((measurement) =>
			measurement.comparisons.some((comparison) => {
				return comparison.target && !isMet(median(comparedValues(measurement, comparison)), comparison.target)
			}),
		)
		.map(({ title }) => title.replace(/,.*/, ''))
}

test('many ticks, heard in time, beside orders that notice nothing, in flat memory, meet all targets', () => {
	expect(missed({})).toEqual([])
})

test('too few ticks, late ones, late orders, lost orders, or memory that grows misses a target', () => {
	const { alone } = met.orders
	const flows = (load: Load) => [{ ticksPerSecond: 10_000, turns: turns('10000 ticks/s', load), target }]
	const beside = (load: Load, ticks: Load = { completed: 50_000 }) => {
		return {
			orders: { ...met.orders, alone, beside: turns('5000 ticks/s', { completed: 5_000, p99Ms: 24, ...load }, ticks) },
		}
	}
	expect(missed({ most: turns('mercat', { completed: 90_000 }) })).toEqual(['Ticks of 2'])
	expect(missed({ flows: flows({ p99Ms: 600 }) })).toEqual(['From a tick to the watcher'])
	expect(missed({ flows: flows({ failures: { MISSING: 5_000 } }) })).toEqual(['From a tick to the watcher'])
	expect(missed(beside({ p99Ms: 31 }))).toEqual(['p99 of an order beside ticks'])
	expect(missed(beside({ completed: 4_900 }))).toEqual(['Orders placed beside ticks'])
	expect(missed(beside({}, { completed: 40_000 }))).toEqual(['Ticks that were stored beside orders'])
	expect(missed({ residentMb: [150, 160, 160, 200] })).toEqual(['Memory of the market during 5'])
	expect(missed({ residentMb: [251, 251, 251, 251] })).toEqual(['Memory of the market during 5'])
})

test('the counts of a market are read from its metrics', () => {
	const metrics = (accepted: number) => `# HELP mercat_market_ticks_total Ticks that are stored
mercat_market_ticks_total{source="bench",verdict="accept",rule=""} ${accepted}
mercat_market_ticks_total{source="bench",verdict="hold",rule="DAY_CHANGE"} 3
mercat_market_prices_total{source="bench",result="applied"} 70
mercat_market_prices_waiting{source="bench"} 12
mercat_market_apply_lag_seconds_bucket{le="0.01",source="bench"} 4
mercat_market_apply_lag_seconds_sum{source="bench"} ${accepted / 10}
mercat_market_apply_lag_seconds_count{source="bench"} ${accepted}
`
	const counts = parseMarketCounts(metrics(50))
	expect(counts.verdicts).toEqual({ accept: 50, 'hold DAY_CHANGE': 3 })
	expect(counts.results).toEqual({ applied: 70 })
	expect(counts.waiting).toBe(12)
	const later = parseMarketCounts(metrics(60))
	expect(countedSince(counts.verdicts, later.verdicts)).toEqual({ accept: 10 })
	expect(meanMsSince(counts.lags.applied, later.lags.applied)).toBeCloseTo(100)
})

test('the bars that COPY reads are those of the ticks', () => {
	const noon = Date.UTC(2026, 10, 30, 12)
	const [first, second, third] = ticksOfTurn(1, noon)
	const of = (tick: typeof first, sku: string, amountMinor: number, afterMs: number) => {
		return { ...(tick as NonNullable<typeof tick>), sku, amountMinor, atMs: noon + afterMs }
	}
	const bars = barsOf([of(first, 'OIL', 70, 100), of(second, 'GOLD', 12, 200), of(third, 'GOLD', 11, 900)])
	expect(bars.map(toCopyLine)).toEqual([
		'2026-11-30T12:00:00.000Z\t12\t12\t11\t11\t2\t200\t900\tEUR\tGOLD',
		'2026-11-30T12:00:00.000Z\t70\t70\t70\t70\t1\t100\t100\tEUR\tOIL',
	])
})

test('the process of the bars makes the tables of an empty database, and stores each bar of its turn', async () => {
	await using empty = await createTestDatabase('postgres')
	const entryPoint = import.meta.resolve('../src/live/bar-process.ts')
	await using bars = startGenerator<BarJob, LoadResult>(entryPoint, new Promise(() => {}))
	const { completed } = await bars.run({ databaseUrl: empty.url, isCopy: false, folder: '' })
	const database = new pg.Client(empty.url)
	await database.connect()
	const { rows } = await database.query<{ bars: string }>('select count(*) as bars from bar_1s')
	await database.end()
	expect(completed).toBeGreaterThan(0)
	expect(rows).toEqual([{ bars: String(completed) }])
})
