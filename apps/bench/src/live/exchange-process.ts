import { setTimeout as sleep } from 'node:timers/promises'
import { startExchange } from '@mercat/market-exchange/exchange'
import { randomFrom } from '@mercat/market-exchange/random'
import { createSimulation } from '@mercat/market-exchange/simulation'
import pg from 'pg'
import { answerJobs } from '../load/answer-jobs.ts'
import { createLatencies } from '../load/latencies.ts'
import type { LoadResult } from '../load/load-result.ts'
import { liveProducts, source } from './live-products.ts'
import { createTickLedger, type TickLedger } from './tick-ledger.ts'
import { watchTicks } from './watch-ticks.ts'

export type ExchangeJob =
	| { open: true }
	/** Publishes so many ticks, as fast as the market reads them, and waits until all are durable. */
	| { burst: { ticks: number } & Stored }
	/** Publishes ticks at a constant rate, and waits until all are durable. A watcher of the catalog may time them. */
	| { flow: { ticksPerSecond: number; seconds: number; watchAddress?: string } & Stored }
	/** Publishes ticks at a constant rate until it is stopped. */
	| { begin: { ticksPerSecond: number } }
	| { end: Stored }

/** Where the market stores what it has folded. */
type Stored = { databaseUrl: string }

/** `completed` counts ticks, and `seconds` go until they are durable. The latencies are those of the watcher. */
export type ExchangeReport = LoadResult & { url: string }

const ticksPerMessage = 50
const turnMs = 5
const mostBehind = 100
const lookMs = 10
const patienceMs = 30_000

const exchange = await startExchange({ keptMessages: 20_000 })
const simulation = createSimulation({ products: liveProducts, random: randomFrom(1) })
let ledger: TickLedger | undefined
let flowing: { stop: AbortController; startedAt: number; published: Promise<number> } | undefined
const clients = new Map<string, pg.Client>()

answerJobs(async (job: ExchangeJob): Promise<ExchangeReport> => {
	if ('burst' in job) return await burst(job.burst)
	if ('flow' in job) return await flow(job.flow)
	if ('end' in job) return await end(job.end)
	if ('begin' in job) begin(job.begin.ticksPerSecond)
	return report(0, performance.now())
})

async function burst({ ticks, databaseUrl }: { ticks: number } & Stored): Promise<ExchangeReport> {
	const startedAt = performance.now()
	let published = 0
	while (published < ticks) {
		for (; published < ticks && exchange.behind() < mostBehind; published += ticksPerMessage) publish(ticksPerMessage)
		await sleep(turnMs)
	}
	const failures = await untilDurable(databaseUrl)
	return report(published, startedAt, { failures })
}

type Flow = Extract<ExchangeJob, { flow: unknown }>['flow']

async function flow({ ticksPerSecond, seconds, watchAddress, databaseUrl }: Flow): Promise<ExchangeReport> {
	const latencies = createLatencies()
	const times = createTickLedger(latencies.record)
	await using watch = watchAddress === undefined ? undefined : await watchTicks(watchAddress, times.heard)
	if (watch !== undefined) ledger = times
	begin(ticksPerSecond)
	await sleep(1_000 * seconds)
	const ended = await end({ databaseUrl })
	if (watch === undefined) return ended
	await until(() => times.missing() === 0)
	ledger = undefined
	const { p50Ms, p99Ms } = latencies.percentiles()
	const failures = { ...ended.failures, ...watch.ends() }
	if (times.missing() > 0) failures['MISSING'] = times.missing()
	if (times.unexpected() > 0) failures['UNEXPECTED'] = times.unexpected()
	return { ...ended, p50Ms, p99Ms, failures }
}

function begin(ticksPerSecond: number): void {
	const stop = new AbortController()
	const startedAt = performance.now()
	flowing = { stop, startedAt, published: publishSteadily(ticksPerSecond, startedAt, stop.signal) }
}

async function publishSteadily(ticksPerSecond: number, startedAt: number, signal: AbortSignal): Promise<number> {
	let published = 0
	while (!signal.aborted) {
		const due = ((performance.now() - startedAt) * ticksPerSecond) / 1_000
		for (; published < due; published += ticksPerMessage) publish(ticksPerMessage)
		await sleep(turnMs, undefined, { signal }).catch(() => {})
	}
	return published
}

async function end({ databaseUrl }: Stored): Promise<ExchangeReport> {
	if (flowing === undefined) throw new Error('no ticks are published')
	const { stop, startedAt, published } = flowing
	flowing = undefined
	stop.abort()
	const count = await published
	const failures = await untilDurable(databaseUrl)
	return report(count, startedAt, { failures })
}

function publish(count: number): void {
	const ticks = simulation.next(count, Date.now())
	const publishedAt = performance.now()
	if (ledger !== undefined) for (const { sku, price } of ticks) ledger.published(sku, price as number, publishedAt)
	exchange.publish(ticks)
}

/** Waits until the market has stored the effects of all messages. */
async function untilDurable(databaseUrl: string): Promise<Record<string, number>> {
	let foldedSeq = 0
	const isDurable = await until(async () => {
		const client = await clientOf(databaseUrl)
		const { rows } = await client.query<{ foldedSeq: string | null }>(
			'select folded_seq as "foldedSeq" from source where name = $1',
			[source],
		)
		foldedSeq = Number(rows[0]?.foldedSeq)
		return foldedSeq >= exchange.last()
	})
	return isDurable ? {} : { NOT_DURABLE: ticksPerMessage * (exchange.last() - foldedSeq) }
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
	const givenUpAt = performance.now() + patienceMs
	while (!(await isSo())) {
		if (performance.now() > givenUpAt) return false
		await sleep(lookMs)
	}
	return true
}

async function clientOf(databaseUrl: string): Promise<pg.Client> {
	let client = clients.get(databaseUrl)
	if (client === undefined) {
		client = new pg.Client(databaseUrl)
		// The database is dropped at the end.
		client.on('error', () => {})
		await client.connect()
		clients.set(databaseUrl, client)
	}
	return client
}

function report(completed: number, startedAt: number, more: Partial<LoadResult> = {}): ExchangeReport {
	const seconds = (performance.now() - startedAt) / 1_000
	return { url: exchange.url, completed, seconds, p50Ms: 0, p99Ms: 0, failures: {}, ...more }
}
