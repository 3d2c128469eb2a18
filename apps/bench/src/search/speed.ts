import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { type RunningCatalog, startCatalog } from '../contestants/start-catalog.ts'
import { runImport } from '../importing/run-import.ts'
import { p99WithFailures } from '../load/load-result.ts'
import { type Generator, startGenerator } from '../load/start-generator.ts'
import { type ObservedContestant, recordTurns, toResult, toValues } from '../measures/record-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Checkout } from '../running/checkout.ts'
import type { Comparison, Measurement, Target } from '../running/measurement.ts'
import { residentBytes } from '../running/proc.ts'
import { createFloor } from './floor-searches.ts'
import { writeGeneratedCatalog } from './generated-catalog.ts'
import type { SearchJob, SearchLoad } from './search-generator.ts'

const clients = 16
const million = 1_000_000
const embeddedProducts = 10_000

type Turn = { load: SearchLoad }
type Contestant = ObservedContestant<SearchJob, Turn>
type SearchGenerator = Generator<SearchJob, SearchLoad>

/** A generated catalog: the file for the import, and the file of its queries. */
type Shop = { products: number; file: string; queries: string }

/** Speed on PostgreSQL beside the floor, suggestions, memory, and speed on the embedded database. */
export async function measureSpeed(bench: Bench): Promise<Measurement[]> {
	await using generator = startSearchGenerator(bench)
	return [...(await measurePostgres(bench, generator)), ...(await measureEmbedded(bench, generator))]
}

/** The same searches by this checkout and by each commit. */
export async function measureSpeedAgainst(bench: Bench, comparisons: Comparison[]): Promise<Measurement[]> {
	await using opened = new AsyncDisposableStack()
	const generator = opened.use(startSearchGenerator(bench))
	const shop = await writeShop(bench, bench.options.products)
	const contestants: Contestant[] = []
	for (const checkout of [bench.own, ...bench.against]) {
		const catalog = opened.use(await startCatalog(bench, checkout))
		await load(bench, checkout, catalog, shop)
		contestants.push(searching(checkout.name, catalog, shop, bench))
	}
	return searchesOf(await record(bench, generator, contestants), shop, comparisons)
}

async function measurePostgres(bench: Bench, generator: SearchGenerator): Promise<Measurement[]> {
	await using opened = new AsyncDisposableStack()
	const shop = await writeShop(bench, bench.options.products)
	const catalog = opened.use(await startCatalog(bench, bench.own))
	const imported = await load(bench, bench.own, catalog, shop)
	bench.report('  making the table of the floor …')
	await createFloor(catalog.databaseUrl)
	const floor: Contestant = {
		...searching('floor', catalog, shop, bench),
		processes: [],
		job: jobOf({ floor: catalog.databaseUrl }, shop, bench),
	}
	const isLarge = shop.products >= million
	const mercat = searching('mercat', catalog, shop, bench)
	const turns = await record(bench, generator, [mercat, floor])
	const searches = searchesOf(turns, shop, [
		{ of: 'mercat', target: limit(isLarge ? 150 : 60, isLarge ? 60 : 25) },
		{ of: 'mercat', to: 'floor' },
	])
	const suggesting = { ...mercat, job: { ...mercat.job, asks: 'suggestions' as const } }
	const [suggestions] = await record(bench, generator, [suggesting])
	return [
		...searches,
		{
			title: `Suggestions at ${inFull(shop.products)} products, ${clients} clients, 99th percentile`,
			unit: 'ms',
			results: suggestions === undefined ? [] : [toResult(suggestions, ({ load }) => p99WithFailures(load))],
			comparisons: [{ of: 'mercat', target: limit(25, 8) }],
		},
		{
			title: `Memory of the catalog after searches of ${inFull(shop.products)} products`,
			unit: 'MB',
			results: [{ contestant: 'mercat', values: [residentBytes(catalog.pid) / 1e6], failures: {}, cpuMicros: {} }],
			comparisons: [{ of: 'mercat', target: limit(300, 200) }],
		},
		{
			title: `Import of ${inFull(shop.products)} products into an empty catalog`,
			unit: 'rows/s',
			results: [{ contestant: 'mercat', values: [imported], failures: {}, cpuMicros: {} }],
			comparisons: [{ of: 'mercat' }],
		},
	]
}

async function measureEmbedded(bench: Bench, generator: SearchGenerator): Promise<Measurement[]> {
	const shop = await writeShop(bench, embeddedProducts)
	await using catalog = await startCatalog(bench, bench.own, 'pglite')
	await load(bench, bench.own, catalog, shop)
	const alone = searching('mercat, embedded', catalog, shop, bench)
	const turns = await record(bench, generator, [{ ...alone, job: { ...alone.job, clients: 1 } }])
	return [
		{
			title: `Searches of ${inFull(shop.products)} products on the embedded database, 1 client, 99th percentile`,
			unit: 'ms',
			results: turns.map((each) => toResult(each, ({ load }) => p99WithFailures(load))),
			comparisons: [{ of: 'mercat, embedded', target: limit(40, 20) }],
		},
	]
}

function searchesOf(turns: Awaited<ReturnType<typeof record>>, shop: Shop, comparisons: Comparison[]): Measurement[] {
	const title = `Searches of ${inFull(shop.products)} products, ${clients} clients`
	return [
		{
			title: `${title}, 99th percentile`,
			unit: 'ms',
			isByRound: true,
			results: turns.map((each) => toResult(each, ({ load }) => p99WithFailures(load))),
			comparisons,
		},
		{
			title: `${title}, median`,
			unit: 'ms',
			isByRound: true,
			results: turns.map((each) => toValues(each, ({ load }) => load.p50Ms)),
			comparisons: comparisons.map(({ of, to }) => ({ of, to })),
		},
	]
}

const startSearchGenerator = ({ interruption }: Bench) =>
	startGenerator<SearchJob, SearchLoad>(import.meta.resolve('./search-generator.ts'), interruption)

function record(bench: Bench, generator: SearchGenerator, contestants: Contestant[]) {
	return recordTurns<SearchJob, Turn>(bench, generator, contestants, ({ load }) => {
		const kinds = Object.entries(load.kinds).map(
			([kind, { p50Ms, p99Ms }]) => `${kind} ${p50Ms.toFixed(1)}/${p99Ms.toFixed(1)} (${load.empty[kind] ?? 0} empty)`,
		)
		const { completed, seconds, p50Ms, p99Ms } = load
		return `${Math.round(completed / seconds)}/s, p50/p99 ${p50Ms.toFixed(1)}/${p99Ms.toFixed(1)} ms; ${kinds.join(', ')}`
	})
}

async function writeShop(bench: Bench, products: number): Promise<Shop> {
	const file = join(bench.folder, `catalog-${products}.csv`)
	const queries = join(bench.folder, `queries-${products}.json`)
	bench.report(`  writing ${inFull(products)} products …`)
	writeFileSync(queries, JSON.stringify(await writeGeneratedCatalog(file, products)))
	return { products, file, queries }
}

/** Imports the file, and waits until the index is as it stays. Returns the rows per second of the import. */
async function load(bench: Bench, checkout: Checkout, catalog: RunningCatalog, shop: Shop): Promise<number> {
	const { file, products: rows } = shop
	const outcome = { file, rows, catalogAddress: catalog.address, outcome: 'created' }
	const { seconds } = await runImport(bench, checkout, outcome)
	bench.report(`  ${inFull(rows)} products imported in ${seconds.toFixed(1)} s`)
	if (catalog.databaseUrl.startsWith('postgres')) await settle(catalog.databaseUrl)
	return rows / seconds
}

// The service folds its new segments into the index in the background.
async function settle(databaseUrl: string): Promise<void> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	try {
		const { rows } = await client.query("select to_regclass('search_segment') as segments")
		while (rows[0].segments !== null) {
			const { rowCount } = await client.query('select from search_segment limit 1')
			if (rowCount === 0) break
			await sleep(200)
		}
		await client.query('vacuum analyze')
	} finally {
		await client.end()
	}
}

function searching(name: string, catalog: RunningCatalog, shop: Shop, bench: Bench): Contestant {
	return {
		name,
		processes: [catalog],
		job: jobOf({ catalog: catalog.address }, shop, bench),
		observe: async (run) => ({ load: (await run()) as SearchLoad }),
	}
}

function jobOf(to: SearchJob['to'], { queries }: Shop, { options: { seconds } }: Bench): SearchJob {
	return { to, queries, asks: 'searches', clients, seconds }
}

function limit(value: number, aim: number): Target {
	return { bound: 'at most', value, aim }
}

const inFull = (count: number) => count.toLocaleString('en')
