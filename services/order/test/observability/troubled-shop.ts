import { metricsIn, readRules } from '@mercat/testing/deployed-rules'
import { eventually } from '@mercat/testing/eventually'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { createTestDatabase } from '@mercat/testing/test-database'
import pg from 'pg'
import { expect } from 'vitest'
import { type FaultProxy, startFaultProxy } from '../chaos/shop/fault-proxy.ts'
import type { ServiceProcess } from '../chaos/shop/service-process.ts'
import { startMeasuredShop, type Told } from './measured-shop.ts'
import { type Expected, type Recording, replayAlerts } from './replay-alerts.ts'
import { type Scrape, scrapeTargets, sumIn } from './scrape-targets.ts'

export type Cause = {
	begin(): Promise<unknown>
	/** What customers do between two scrapes while the cause lasts. */
	customers?(): Promise<unknown>
	/** Ends the cause. The services recover. */
	end(): Promise<unknown>
}

export type TroubledShop = Awaited<ReturnType<typeof startTroubledShop>>

const measured = new Set(readRules('rules.yml').rules.flatMap(({ expr }) => metricsIn(expr)))
const ordersEachMinute = 10
const troubledScrapes = 2

/**
 * Real processes of both services, and causes of alerts: a database server of the order service, and a proxy between it and
 * the catalog.
 */
export async function startTroubledShop() {
	await using opened = new AsyncDisposableStack()
	const orderServer: PostgresServer = opened.use(await startPostgresServer())
	const proxy: FaultProxy = opened.use(await startFaultProxy())
	const catalogDatabase = opened.use(await createTestDatabase('postgres'))
	const shop = opened.use(
		await startMeasuredShop({
			databaseUrls: { catalog: catalogDatabase.url, order: orderServer.url },
			env: { CATALOG_ADDRESS: `127.0.0.1:${proxy.port}`, REQUEST_BUDGET_MS: '4000' },
		}),
	)
	const { catalogs, orders, stocked } = shop.cluster
	const [catalog, order] = [catalogs[0], orders[0]] as [ServiceProcess, ServiceProcess]
	proxy.target(catalog.port)
	const sku = await stocked(1_000_000)
	const resources = opened.move()

	const scrape = (): Promise<Scrape> => scrapeTargets(shop.targets, measured)
	const placeMany = (count = ordersEachMinute): Promise<Told[]> => shop.place(sku, count)

	const measure = async (metric: string, labels: Record<string, string> = {}): Promise<number> =>
		sumIn(await scrape(), metric, labels)
	const above = (value: number, metric: string, labels?: Record<string, string>): Promise<void> =>
		eventually(async () => expect(await measure(metric, labels)).toBeGreaterThan(value), { interval: 100 })

	// The orders before the cause may have left an age that a service measures only now and then.
	const rises = async (age: string, labels?: Record<string, string>): Promise<void> =>
		above(await measure(age, labels), age, labels)

	async function placeLogged(): Promise<void> {
		const runs = await measure('mercat_event_delay_seconds_count')
		const answers = await placeMany()
		expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
		await above(runs, 'mercat_event_delay_seconds_count')
	}

	/** Two scrapes, with orders between them that were all placed in time. */
	async function healthyScrapes(): Promise<[Scrape, Scrape]> {
		return eventually(
			async () => {
				const before = await scrape()
				await placeLogged()
				const after = await scrape()
				const inTime = (scraped: Scrape) =>
					sumIn(scraped, 'http_server_request_duration_seconds_bucket', { http_route: '/v1/orders', le: '0.5' })
				expect(inTime(after) - inTime(before)).toBe(ordersEachMinute)
				for (const scraped of [before, after]) {
					expect(sumIn(scraped, 'mercat_ready')).toBe(Object.keys(shop.targets).length)
					expect([...scraped.keys()].filter((series) => series.startsWith('mercat_outbox_lag_seconds{'))).not.toEqual(
						[],
					)
				}
				return [before, after]
			},
			{ interval: 100 },
		)
	}

	return {
		...shop,
		orderServer,
		proxy,
		catalog,
		order,
		placeMany,
		/** Places an order of one piece. Returns its id. */
		async placeOne(ofSku = sku): Promise<string> {
			const [placed] = await shop.place(ofSku, 1)
			expect(placed?.status).toBe(201)
			return placed?.body.id ?? ''
		},
		/** Places orders, and waits until the log of events has grown. */
		placeLogged,
		/** The sum of the series of a metric that have these labels. */
		measure,
		/** Waits until a metric is above a value. */
		above,
		/** Waits until an age is higher than it is now. */
		rises,
		/** Expects that these alerts fire for scrapes of the services while the cause lasts, and none for scrapes before it. */
		async expectAlerts(expected: Expected, { begin, customers, end }: Cause): Promise<void> {
			const recording: Recording = { healthy: await healthyScrapes(), troubled: [] }
			try {
				await begin()
				while (recording.troubled.length < troubledScrapes) {
					await customers?.()
					recording.troubled.push(await scrape())
				}
			} finally {
				await end()
			}
			await replayAlerts(recording, expected)
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

/** A session of its own that takes a lock, and keeps it in an open transaction. */
export async function holdLock(url: string, statement: string) {
	const client = new pg.Client(url)
	await client.connect()
	return {
		async take(): Promise<void> {
			await client.query('begin')
			await client.query(statement)
		},
		release: () => client.query('rollback'),
		[Symbol.asyncDispose]: () => client.end(),
	}
}
