import { type Exchange, startExchange } from '@mercat/market-exchange/exchange'
import { orderOf, startServices } from '@mercat/order/testing/start-services'
import { token } from '@mercat/order/testing/tokens'
import { metricsIn, readQueries, readRules } from '@mercat/testing/deployed-rules'
import { eventually } from '@mercat/testing/eventually'
import { type Prometheus, startPrometheus } from '@mercat/testing/start-prometheus'
import { withPrometheus } from '@mercat/testing/with-prometheus'
import getPort from 'get-port'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { serviceProcess } from '../chaos/live/service-process.ts'
import { addProducts, marketEnvironment, openMarket, sourcesFile } from '../open-market.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const { rules, alerts } = readRules('market-rules.yml')
const queries = readQueries('mercat-market.json')

withPrometheus('a Prometheus that scrapes the market', () => {
	const opened = new AsyncDisposableStack()
	let prometheus: Prometheus
	let exchange: Exchange
	let metricsUrl: string

	beforeAll(async () => {
		const orders = opened.use(await startServices('postgres'))
		await orders.place(orderOf(await orders.catalog.createProduct()))
		const market = opened.use(await openMarket('postgres'))
		await addProducts(market.catalog, 'supplier', ['GOLD', 'OIL'])
		// Each message comes behind something that is none.
		exchange = opened.use(await startExchange({ faults: { garbage: 1, random: () => 0 } }))
		const file = opened.use(sourcesFile([{ name: 'supplier', url: exchange.url, allowPrivate: true }]))
		const port = await getPort()
		metricsUrl = `http://127.0.0.1:${port}/metrics`
		const child = opened.use(
			serviceProcess('market', {
				...marketEnvironment(market.databaseUrl, market.catalog.address, file.path),
				METRICS_PORT: String(port),
				ORDER_ADDRESS: orders.url,
				EVENTS_TOKEN: token('service:market', 'events:read'),
			}),
		)
		await child.start()
		prometheus = opened.use(await startPrometheus({ 'mercat-market': `127.0.0.1:${port}` }, 'market-rules.yml'))
		publish({ GOLD: 1_010, NONE: 1_010 })
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
		publish({ OIL: 99_000 })
		exchange.cut()
	})
	afterAll(() => opened.disposeAsync())

	function publish(prices: Record<string, number>): void {
		const ticks = Object.entries(prices).map(([sku, price]) => ({
			sku,
			price,
			currency: 'EUR',
			available: 1,
			at: Date.now(),
		}))
		exchange.publish(ticks, [{ sku: 'GOLD', price: -1 }])
	}

	test('gets an answer for each query of the dashboard', async () => {
		expect(queries.length).toBeGreaterThan(25)
		await eventually(async () => expect(await prometheus.withoutSeries(queries)).toEqual([]), { interval: 250 })
	})

	test('evaluates every rule, and fires no alert', async () => {
		await eventually(
			async () => {
				const evaluated = await prometheus.rules()
				expect(evaluated.map(({ name }) => name)).toEqual(rules.map(({ alert }) => alert))
				expect(evaluated.filter(({ health, state }) => health !== 'ok' || state === 'firing')).toEqual([])
			},
			{ interval: 250 },
		)
	})

	// A counter with labels has no series before its first event.
	test('has each metric that an alert reads', async () => {
		const exposed = await (await fetch(metricsUrl)).text()
		const types = new Set([...exposed.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name))
		const metrics = alerts.flatMap(({ alert, expr }) => metricsIn(expr).map((metric) => [alert, metric] as const))
		expect(metrics.length).toBeGreaterThanOrEqual(alerts.length)
		const isThere = (metric: string) => metric === 'up' || types.has(metric.replace(/_bucket$/, ''))
		expect(metrics.filter(([, metric]) => !isThere(metric))).toEqual([])
	})
})
