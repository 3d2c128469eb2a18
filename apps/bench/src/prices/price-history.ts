import pg from 'pg'
import { importProducts } from '../contestants/import-products.ts'
import { startCatalog } from '../contestants/start-catalog.ts'
import { startCheckouts } from '../contestants/start-checkouts.ts'
import { type LoadResult, p99WithFailures } from '../load/load-result.ts'
import { startGenerator } from '../load/start-generator.ts'
import { type Measure, toEachCommit } from '../measures/measure.ts'
import { takeTurns } from '../measures/take-turns.ts'
import type { Bench } from '../running/bench.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import { skus } from '../running/shop.ts'
import type { HistoryJob } from './history-generator.ts'

const clients = 16
const bars = 500
const days = 600
const readSkus = skus.slice(0, 200)

type Contestant = { name: string; processes: { role: string; pid: number }[]; from: HistoryJob['from'] }

/** Compares a page of the history of a price with a SELECT of its rows through the same driver. */
export const priceHistory: Measure = {
	name: 'price-history',
	async run(bench) {
		await using catalog = await startCatalog(bench, bench.own)
		await importProducts(catalog.address, bench.secret)
		const firstDay = await writeHistory(catalog.databaseUrl)
		const contestants = [
			{ name: 'bare SELECT', processes: [], from: { databaseUrl: catalog.databaseUrl } },
			{ name: 'mercat', processes: [catalog], from: { address: catalog.address } },
		]
		return await measurePages(bench, contestants, firstDay, [
			{ of: 'mercat', to: 'bare SELECT', target: { bound: 'at most', value: 1.5, aim: 1 } },
		])
	},
	async runAgainst(bench) {
		await using started = await startCheckouts(bench)
		const contestants: Contestant[] = []
		let firstDay = ''
		for (const { name, catalog, databaseUrls } of started.shops) {
			firstDay = await writeHistory(databaseUrls.catalog)
			contestants.push({ name, processes: [catalog], from: { address: catalog.address } })
		}
		return await measurePages(bench, contestants, firstDay, toEachCommit(bench))
	},
}

async function measurePages(
	bench: Bench,
	contestants: Contestant[],
	firstDay: string,
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using generator = startGenerator<HistoryJob, LoadResult>(
		import.meta.resolve('./history-generator.ts'),
		bench.interruption,
	)
	const { seconds } = bench.options
	const turns = contestants.map(({ name, processes, from }) => {
		return { name, processes, job: { from, clients, seconds, skus: readSkus, firstDay, bars } }
	})
	const measured = await takeTurns(bench, generator, turns, p99WithFailures)
	return [{ title: `p99 of a page of ${bars} daily bars, ${clients} clients`, unit: 'ms', ...measured, comparisons }]
}

/** Gives each product a bar of each of the last days. Returns a day from which on a page is full. */
async function writeHistory(databaseUrl: string): Promise<string> {
	const client = new pg.Client(databaseUrl)
	await client.connect()
	await client.query(
		`insert into price_day
		select sku, day, 'EUR', amount, amount + 9, amount - 9, amount + 3, 5, day
		from unnest($1::text[]) as sku, generate_series(current_date - $2::int, current_date - 1, interval '1 day') as day,
			lateral (select (1000 + extract(doy from day))::bigint as amount) as amounts`,
		[readSkus, days],
	)
	await client.query("update product set created_at = created_at - interval '3 years'")
	await client.query("update price_history set began_at = began_at - interval '3 years'")
	await client.query('vacuum analyze price_day, product, price_history')
	const { rows } = await client.query<{ day: string }>('select (current_date - $1::int)::text as day', [days - 50])
	await client.end()
	return rows[0]?.day as string
}
