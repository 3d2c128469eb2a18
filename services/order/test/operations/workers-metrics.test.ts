import { eventually } from '@mercat/testing/eventually'
import { readSamples, readValue, sumOf } from '@mercat/testing/read-samples'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import { startCluster } from '../chaos/shop/cluster.ts'

test('METRICS_PORT of an order service with two workers tells of both, and of what is missing', async () => {
	const metricsPort = await getPort()
	const env = { WORKERS: '2', METRICS_PORT: String(metricsPort) }
	await using cluster = await startCluster({ engine: 'postgres', env })
	const ask = (path: string) => fetch(`http://127.0.0.1:${metricsPort}${path}`)
	const metrics = async () => (await ask('/metrics')).text()
	await eventually(
		async () => expect(readValue(readSamples(await metrics()), 'mercat_workers', { state: 'answering' })).toBe(2),
		{ interval: 100 },
	)
	const text = await metrics()
	const samples = readSamples(text)
	expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
	// Each worker has one connection at least, from its start.
	const { idle = 0, used = 0 } = sumOf(samples, 'mercat_db_pool', 'state')
	expect(idle + used).toBeGreaterThanOrEqual(2)
	expect(sumOf(samples, 'db_client_operation_duration_seconds_count', 'db_query_summary')).toMatchObject({
		'select page_token_key': 2,
	})
	expect(text.match(/^# TYPE db_client_operation_duration_seconds /gm)).toHaveLength(1)

	expect((await ask('/livez')).status).toBe(200)
	await eventually(async () => expect((await ask('/readyz')).status).toBe(200), { interval: 100 })
	await cluster.catalogs[0]?.signal('SIGKILL')
	await eventually(
		async () => expect(await (await ask('/readyz')).text()).toBe('not ready: the catalog is not serving\n'),
		{ interval: 100 },
	)
})
