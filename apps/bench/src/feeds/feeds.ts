import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startMercat } from '../contestants/start-mercat.ts'
import { emptyTables } from '../importing/copied-tables.ts'
import { writeGeneratedRows } from '../importing/generated-rows.ts'
import { runImport } from '../importing/run-import.ts'
import type { Measure } from '../measures/measure.ts'
import type { Bench } from '../running/bench.ts'
import type { Measurement, Result } from '../running/measurement.ts'
import { badModes, type FeedServers, type SourceMode, startFeedServers } from './feed-servers.ts'
import { type BenchFeed, runFeedsSync, type SyncTurn } from './run-feeds-sync.ts'

const sourceCount = 50
const rowsPerSource = 2_000
const largeRows = 1_000_000
const healthyCount = badModes.filter((mode) => mode === 'good').length

/**
 * `mercat feeds sync` of 50 sources over loopback: all good, with the bad ones of a bad day, and one of a million rows, during
 * which the event loop of the main thread must stay free.
 */
export const feeds: Measure = {
	name: 'feeds',
	hasLongTurns: true,
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const shop = opened.use(await startMercat(bench))
		const database = opened.adopt(new pg.Client(shop.databaseUrls.catalog), (client) => client.end())
		await database.connect()
		const rows = await writeRows(bench, 'source.csv', rowsPerSource)
		const all = await writeRows(bench, 'all.csv', sourceCount * rowsPerSource)
		const servers = opened.use(await startFeedServers(readFileSync(rows, 'utf8'), sourceCount))
		const parts = { bench, database, servers, catalog: shop.catalog.address }
		const speed: Speed = { together: [], alone: [], healthy: [], besideBad: [] }
		for (let round = 1; round <= bench.options.rounds; round++) {
			await measureGood(parts, all, round, speed)
			await measureBad(parts, round, speed)
			bench.report(
				`  round ${round}  ${JSON.stringify(Object.fromEntries(Object.entries(speed).map(([name, values]) => [name, values.at(-1)?.toFixed(1)])))}`,
			)
		}
		return [...toMeasurements(speed), await measureLoopDelay(parts)]
	},
}

type Parts = { bench: Bench; database: pg.Client; servers: FeedServers; catalog: string }

/** Seconds of each round. */
type Speed = {
	/** 50 good sources, from the start of the command to its end. */
	together: number[]
	/** One source alone, and then the import of all rows. */
	alone: number[]
	/** The last of the healthy sources of a run without others, and in a run with bad ones. */
	healthy: number[]
	besideBad: number[]
}

async function measureGood({ bench, database, servers, catalog }: Parts, all: string, round: number, speed: Speed) {
	servers.serve(10 * round, [])
	await emptyTables(database)
	await bench.postgres.checkpoint()
	const one = await runFeedsSync(bench, catalog, feedsOf(servers).slice(0, 1))
	await emptyTables(database)
	await bench.postgres.checkpoint()
	const outcome = { file: all, catalogAddress: catalog, rows: sourceCount * rowsPerSource, outcome: 'created' }
	const { seconds } = await runImport(bench, bench.own, outcome)
	speed.alone.push(slowest(one) + seconds)
	await emptyTables(database)
	await bench.postgres.checkpoint()
	const together = await runFeedsSync(bench, catalog, feedsOf(servers))
	expectOutcomes(together, 'synced', sourceCount)
	speed.together.push(together.seconds)
}

async function measureBad({ bench, servers, catalog }: Parts, round: number, speed: Speed): Promise<void> {
	const feeds = feedsOf(servers, badModes)
	servers.serve(10 * round + 1, badModes)
	await bench.postgres.checkpoint()
	const healthy = await runFeedsSync(bench, catalog, feeds.slice(0, healthyCount))
	expectOutcomes(healthy, 'synced', healthyCount)
	speed.healthy.push(slowest(healthy))
	servers.serve(10 * round + 2, badModes)
	await bench.postgres.checkpoint()
	const mixed = await runFeedsSync(bench, catalog, feeds)
	expectOutcomes(mixed, 'synced', badModes.filter((mode) => mode === 'good' || mode === 'slow').length)
	expectOutcomes(mixed, 'held', badModes.filter((mode) => mode === 'tenTimes').length)
	speed.besideBad.push(slowest({ feeds: mixed.feeds.slice(0, healthyCount) }))
}

async function measureLoopDelay({ bench, database, catalog }: Parts): Promise<Measurement> {
	const file = await writeRows(bench, 'large.csv', largeRows)
	await emptyTables(database)
	const url = `file://${file}`
	const turn = await runFeedsSync(bench, catalog, [{ name: 'large', url, skuPrefix: 'large-', allowPrivate: true }])
	expectOutcomes(turn, 'synced', 1)
	return {
		title: `Event-loop delay during a feed of ${largeRows.toLocaleString('en')} rows, 99th percentile`,
		unit: 'ms',
		results: [toResult('main thread', [turn.loopDelayP99Ms])],
		comparisons: [{ of: 'main thread', target: { bound: 'at most', value: 20 } }],
	}
}

function toMeasurements({ together, alone, healthy, besideBad }: Speed): Measurement[] {
	const mostTimes = { bound: 'at most', value: 1.3 } as const
	return [
		{
			title: `Sync of ${sourceCount} sources of ${rowsPerSource.toLocaleString('en')} products`,
			unit: 's',
			isByRound: true,
			results: [toResult('all sources', together), toResult('slowest source, then all rows alone', alone)],
			comparisons: [{ of: 'all sources', to: 'slowest source, then all rows alone', target: mostTimes }],
		},
		{
			title: `Sync of ${healthyCount} healthy sources beside ${sourceCount - healthyCount} bad ones`,
			unit: 's',
			isByRound: true,
			results: [toResult('beside bad ones', besideBad), toResult('without them', healthy)],
			comparisons: [{ of: 'beside bad ones', to: 'without them', target: mostTimes }],
		},
	]
}

async function writeRows(bench: Bench, name: string, count: number): Promise<string> {
	const file = join(bench.folder, name)
	await writeGeneratedRows(file, count)
	return file
}

function feedsOf({ urls }: FeedServers, modes: SourceMode[] = []): BenchFeed[] {
	return urls.map((url, index) => ({
		...{ name: `source-${index}`, url, skuPrefix: `s${index}-` },
		...{ allowPrivate: modes[index] !== 'private', timeoutS: 40 },
	}))
}

function slowest({ feeds }: Pick<SyncTurn, 'feeds'>): number {
	return Math.max(...feeds.map(({ ms }) => ms)) / 1_000
}

function expectOutcomes({ feeds }: SyncTurn, outcome: string, count: number): void {
	const found = feeds.filter((feed) => feed.outcome === outcome)
	if (found.length === count) return
	const all = feeds.map((feed) => `${feed.name} ${feed.outcome} ${feed.reason}`).join('; ')
	throw new Error(`${found.length} of ${count} feeds are ${outcome}: ${all}`)
}

function toResult(contestant: string, values: number[]): Result {
	return { contestant, values, failures: {}, cpuMicros: {} }
}
