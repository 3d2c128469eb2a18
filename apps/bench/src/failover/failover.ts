import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase } from '@mercat/database/database'
import { runMercat } from '@mercat/testing/run-mercat'
import pg from 'pg'
import { startMercat } from '../contestants/start-mercat.ts'
import type { Measure } from '../measures/measure.ts'
import { type Bench, throwIfInterrupted } from '../running/bench.ts'
import { addFailures, type Measurement } from '../running/measurement.ts'
import { type PatroniCluster, startPatroniCluster } from './patroni-cluster.ts'
import { type Answer, type Shoppers, startShoppers } from './shoppers.ts'
import { killAheadOfStandbys, makeTrouble, type Trouble, troubles } from './troubles.ts'

const timesEach = 5
const shoppersCount = 16
const budgetMs = 2_000
const lateMs = budgetMs + 250
// So much of a second is lost in asynchronous mode.
const aheadMs = 500

/** A failover, as the customers saw it. */
type Failover = {
	trouble: Trouble
	/** From the time when the new leader took writes until an order was placed. */
	firstOrderMs: number
	/** The longest time without a placed order. */
	gapMs: number
}

/**
 * Failovers of three PostgreSQL under Patroni in synchronous mode while customers order, and one in asynchronous mode, which loses
 * what only the former leader had.
 */
export const failover: Measure = {
	name: 'failover',
	async run(bench) {
		const rounds = await runSynchronous(bench)
		const lost = await runAsynchronous(bench)
		return toMeasurements(rounds, lost)
	},
}

async function runSynchronous(bench: Bench) {
	await using shop = await openShop(bench, true)
	const failovers: Failover[] = []
	for (let round = 0; round < timesEach * troubles.length; round++) {
		await throwIfInterrupted(bench)
		const trouble = troubles[round % troubles.length] as Trouble
		const from = shop.shoppers.answers.length
		const beganAtMs = performance.now()
		const writableAtMs = await makeTrouble(trouble, shop.cluster)
		await placedAfter(shop.shoppers, performance.now())
		const seen = { trouble, ...timesOf(shop.shoppers.answers.slice(from), beganAtMs, writableAtMs) }
		failovers.push(seen)
		const [first, gap] = [seen.firstOrderMs, seen.gapMs].map((ms) => `${(ms / 1_000).toFixed(1)} s`)
		bench.report(`  ${round + 1} ${trouble}: first order after ${first}, ${gap} without an order`)
	}
	const found = await shop.close()
	return { failovers, ...found }
}

async function runAsynchronous(bench: Bench): Promise<number> {
	await using shop = await openShop(bench, false)
	await placedAfter(shop.shoppers, performance.now())
	await killAheadOfStandbys(shop.cluster, aheadMs)
	await placedAfter(shop.shoppers, performance.now())
	return (await shop.close()).lost
}

async function openShop(bench: Bench, isSynchronous: boolean) {
	await using opened = new AsyncDisposableStack()
	const folder = join(bench.folder, isSynchronous ? 'synchronous' : 'asynchronous')
	mkdirSync(folder)
	// The servers may run as another user.
	chmodSync(bench.folder, 0o711)
	const cluster = opened.use(await startPatroniCluster(folder, isSynchronous))
	await createDatabases(cluster)
	const databaseUrls = { catalog: cluster.url('catalog'), order: cluster.url('order') }
	const variables = { REQUEST_BUDGET_MS: String(budgetMs) }
	const mercat = opened.use(
		await startMercat(bench, {
			databaseUrls,
			variables: { catalog: {}, order: variables },
			logFile: join(folder, 'log'),
		}),
	)
	const origin = `http://${mercat.order.address}`
	const shoppers = opened.use(startShoppers({ origin, secret: bench.secret, count: shoppersCount, budgetMs }))
	const resources = opened.move()
	return {
		cluster,
		shoppers,
		/** Lets the customers leave, and looks for what was lost or doubled. */
		async close() {
			await shoppers.leave()
			const lost = await countLost(databaseUrls.order, [...shoppers.placed.values()])
			const audit = await runMercat(['audit', '--order-db', databaseUrls.order, '--catalog-db', databaseUrls.catalog])
			bench.report(`  ${shoppers.placed.size} orders placed, ${lost} lost, ${shoppers.doubled.length} doubled`)
			bench.report(audit.stdout.trimEnd())
			return { lost, doubled: shoppers.doubled.length, auditExitCode: audit.exitCode, answers: shoppers.answers }
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

async function createDatabases(cluster: PatroniCluster): Promise<void> {
	const client = new pg.Client(cluster.urlOn(await cluster.leader(), 'postgres'))
	await client.connect()
	for (const name of ['catalog', 'order']) await client.query(`create database "${name}"`)
	await client.end()
}

async function countLost(url: string, ids: readonly string[]): Promise<number> {
	await using database = await openDatabase(url)
	const [row] = await database.query<{ found: number }>(
		'select count(*)::int as found from orders where id = any($1::uuid[])',
		[ids],
	)
	return ids.length - (row?.found ?? 0)
}

/** Waits until an order was placed after a time. */
async function placedAfter({ answers }: Shoppers, sinceMs: number): Promise<void> {
	while (!answers.some(({ atMs, status }) => atMs > sinceMs && status === 201)) await sleep(20)
}

function timesOf(answers: readonly Answer[], beganAtMs: number, writableAtMs: number) {
	const times = answers.filter(({ status }) => status === 201).map(({ atMs }) => atMs)
	const first = times.find((atMs) => atMs >= writableAtMs) ?? Number.POSITIVE_INFINITY
	const gaps = times.map((atMs, index) => atMs - (times[index - 1] ?? beganAtMs))
	return { firstOrderMs: first - writableAtMs, gapMs: Math.max(...gaps) }
}

type Synchronous = Awaited<ReturnType<typeof runSynchronous>>

function toMeasurements(synchronous: Synchronous, lostInAsynchronousMode: number): Measurement[] {
	const { failovers, answers, lost, doubled, auditExitCode } = synchronous
	const failures: Record<string, number> = {}
	const count = (name: string, times: number) => times > 0 && addFailures(failures, { [name]: times })
	for (const status of [500, 502])
		count(`answers ${status}`, answers.filter((answer) => answer.status === status).length)
	count(`answers after ${lateMs} ms`, answers.filter(({ tookMs }) => tookMs > lateMs).length)
	count('orders lost', lost)
	count('orders doubled', doubled)
	count('audits with a breach', auditExitCode === 0 ? 0 : 1)
	if (lostInAsynchronousMode === 0) count('losses in asynchronous mode that were not seen', 1)
	const resultOf = (trouble: Trouble, read: (failover: Failover) => number) => ({
		contestant: trouble,
		values: failovers.filter((failover) => failover.trouble === trouble).map((failover) => read(failover) / 1_000),
		failures: trouble === troubles[0] ? failures : {},
		cpuMicros: {},
	})
	const first = { bound: 'at most', value: 2 } as const
	const cost = { bound: 'at most', value: 3 } as const
	return [
		{
			title: 'from the time when the new primary takes writes to the first order',
			unit: 's',
			results: troubles.map((trouble) => resultOf(trouble, ({ firstOrderMs }) => firstOrderMs)),
			comparisons: troubles.map((of) => ({ of, target: first })),
		},
		{
			title: 'longest time without a placed order during a failover',
			unit: 's',
			results: troubles.map((trouble) => resultOf(trouble, ({ gapMs }) => gapMs)),
			comparisons: troubles.map((of) => ({ of, ...(of === 'switchover' && { target: cost }) })),
		},
	]
}
