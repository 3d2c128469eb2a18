import { randomUUID } from 'node:crypto'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, sumOf } from '@mercat/testing/read-samples'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import { startCluster } from '../chaos/shop/cluster.ts'

test('orders that are shed are told alike by the answers, the metrics and the log', async () => {
	const metricsPort = await getPort()
	await using cluster = await startCluster({
		engine: 'postgres',
		env: { LOG_LEVEL: 'info', METRICS_PORT: String(metricsPort), REQUEST_BUDGET_MS: '20000' },
	})
	const sku = await cluster.stocked(5_000)
	const place = async () => {
		const response = await fetch(`${cluster.orderUrl()}/v1/orders`, {
			method: 'POST',
			headers: {
				authorization: `Bearer ${cluster.customerToken(`customer-${randomUUID()}`)}`,
				'content-type': 'application/json',
				'idempotency-key': randomUUID(),
			},
			body: JSON.stringify({ items: [{ sku, quantity: 1 }] }),
		})
		const { code } = (await response.json()) as { code?: string }
		return { status: String(response.status), outcome: code ?? 'placed' }
	}
	const shedSoFar = async () => sumOf(await scrape(), 'mercat_requests_shed_total', '', {})[''] ?? 0
	const scrape = async () => readSamples(await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text())

	// While the catalog stands still, more orders come than may be under way.
	const [catalog] = cluster.catalogs
	await catalog?.signal('SIGSTOP')
	const placing = Promise.all(Array.from({ length: 700 }, place))
	// Of the log only the end is kept, so the line comes first.
	await eventually(() => {
		const line = cluster.orders[0]?.output.split('\n').find((text) => text.includes('"OVERLOADED"'))
		expect(JSON.parse(line ?? '{}')).toMatchObject({ method: 'POST', route: '/v1/orders', status: 503 })
	})
	await eventually(async () => expect(await shedSoFar()).toBeGreaterThan(100))
	await catalog?.signal('SIGCONT')
	const answers = await placing

	const counted = (values: string[]) =>
		Object.fromEntries([...new Set(values)].map((value) => [value, values.filter((one) => one === value).length]))
	const statuses = counted(answers.map(({ status }) => status))
	const outcomes = counted(answers.map(({ outcome }) => outcome))
	expect(outcomes).toMatchObject({ placed: expect.any(Number), OVERLOADED: expect.any(Number) })
	const placings = { http_request_method: 'POST', http_route: '/v1/orders' }
	await eventually(async () => {
		const samples = await scrape()
		const requests = 'http_server_request_duration_seconds_count'
		expect(sumOf(samples, requests, 'http_response_status_code', placings)).toEqual(statuses)
		expect(sumOf(samples, 'mercat_orders_total', 'outcome', {})).toEqual(outcomes)
	})
})
