import { randomUUID } from 'node:crypto'
import { readQueries, readRules } from '@mercat/testing/deployed-rules'
import { eventually } from '@mercat/testing/eventually'
import { type Expression, type Prometheus, startPrometheus } from '@mercat/testing/start-prometheus'
import { withPrometheus } from '@mercat/testing/with-prometheus'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebhookReceiver, type WebhookReceiver } from '../webhook-receiver.ts'
import { type MeasuredShop, startMeasuredShop } from './measured-shop.ts'

const { rules, alerts } = readRules('rules.yml')
const queries = readQueries('mercat.json')

withPrometheus('a Prometheus that scrapes both services', () => {
	const opened = new AsyncDisposableStack()
	let shop: MeasuredShop
	let prometheus: Prometheus
	let receiver: WebhookReceiver

	beforeAll(async () => {
		shop = opened.use(await startMeasuredShop())
		// The test does not look at the signatures.
		receiver = opened.use(await startWebhookReceiver(randomUUID()))
		await shop.addWebhook(receiver.url)
		prometheus = opened.use(await startPrometheus(shop.targets, 'rules.yml'))
		// A rate needs a sample before the traffic and one after it.
		await traffic()
		await eventually(async () => expect(await prometheus.query('mercat_orders_total')).not.toEqual([]), {
			interval: 250,
		})
		await traffic()
	})
	afterAll(() => opened.disposeAsync())

	/** Orders and requests of every kind, and the run of a feed. */
	async function traffic(): Promise<void> {
		const sku = await shop.cluster.stocked(10)
		const [paid, cancelled] = await shop.place(sku, 2)
		const again = { token: shop.cluster.customerToken('again'), key: randomUUID() }
		const order = { ...again, body: { items: [{ sku, quantity: 1 }] } }
		const answers = [
			await shop.ask('POST', '/v1/orders', order),
			await shop.ask('POST', '/v1/orders', order),
			...(await shop.place(await shop.cluster.stocked(0), 1)),
			await shop.act(paid?.body.id ?? '', 'pay'),
			await shop.act(cancelled?.body.id ?? '', 'cancel'),
			await shop.ask('GET', '/v1/orders', again),
			await shop.ask('GET', '/v1/events', { token: shop.cluster.token('reader', 'events:read') }),
			await shop.ask('GET', '/v1/products?q=prodct'),
			await shop.ask('GET', `/v1/products/${sku}`),
		]
		expect(answers.map(({ status }) => status)).toEqual([201, 201, 409, 200, 200, 200, 200, 200, 200])
		await eventually(() => expect(receiver.attempts(paid?.body.id)).toHaveLength(2), { interval: 250 })
		await shop.cluster.supplier('acme').run()
		await shop.cluster.settled()
	}

	test('reaches every target', async () => {
		const expected = Object.entries(shop.targets).map(([job, instance]) => [job, instance, '1'])
		await eventually(
			async () => {
				const up = await prometheus.query('up')
				const reached = up.map(({ metric, value }) => [metric['job'], metric['instance'], value[1]])
				expect(reached.sort()).toEqual(expected.sort())
			},
			{ interval: 250 },
		)
	})

	test('gets an answer for each query of the dashboard', async () => {
		expect(queries.length).toBeGreaterThan(25)
		await eventually(async () => expect(await prometheus.withoutSeries(queries)).toEqual([]), { interval: 250 })
	})

	test('evaluates every rule, and fires no alert', async () => {
		await eventually(
			async () => {
				const evaluated = await prometheus.rules()
				expect(new Set(evaluated.map(({ name }) => name))).toEqual(
					new Set(rules.map(({ alert, record }) => alert ?? record)),
				)
				expect(evaluated.filter(({ health }) => health !== 'ok')).toEqual([])
				const firing = evaluated.filter(({ state }) => state === 'firing').map(({ name }) => name)
				// A busy machine may make the few orders slow.
				expect(firing.filter((name) => !name.startsWith('MercatPlacingSlow'))).toEqual([])
			},
			{ interval: 250 },
		)
	})

	test('has the series that each alert compares with its limit', async () => {
		const compared = alerts.flatMap(({ alert, expr }) => sidesOf(expr).map((side): Expression => [alert, side]))
		expect(compared.length).toBeGreaterThanOrEqual(alerts.length)
		await eventually(async () => expect(await prometheus.withoutSeries(compared)).toEqual([]), { interval: 250 })
	})
})

/** The series that an alert's expression reads, without the limits that they are compared with. */
function sidesOf(expression: string): string[] {
	return expression
		.split(/\s(?:and|or|unless)\s/)
		.map((side) => side.replace(/\s(?:>|==) [\d.* ]+$/, '').replace(/^absent\((.*)\)$/, '$1'))
}
