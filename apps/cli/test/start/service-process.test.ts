import { freePort } from '@mercat/service/free-port'
import { expect, test } from 'vitest'
import { forkService } from '../../src/start/service-process.ts'
import { jwtSecret } from '../start-catalog.ts'

// No catalog listens at port 1: an order service without its catalog is live, but not ready.
test.each([
	{ name: 'catalog', readyStatus: 200 },
	{ name: 'order', readyStatus: 503 },
])('The $name service serves /metrics, /livez and /readyz on METRICS_PORT', async ({ name, readyStatus }) => {
	const metricsPort = await freePort()
	const env = {
		PORT: '0',
		METRICS_PORT: String(metricsPort),
		JWT_SECRET: jwtSecret,
		DATABASE_URL: 'pglite:memory',
		CATALOG_ADDRESS: '127.0.0.1:1',
		LOG_LEVEL: 'silent',
	}
	await using opened = new AsyncDisposableStack()
	const service = forkService(name, import.meta.resolve(`@mercat/${name}/main`), env, () => {})
	opened.adopt(service, ({ stop }) => stop().then(() => {}))
	await service.address

	const ask = (path: string) => fetch(`http://127.0.0.1:${metricsPort}${path}`)
	expect(await (await ask('/metrics')).text()).toContain('process_cpu_seconds_total')
	expect((await ask('/livez')).status).toBe(200)
	expect((await ask('/readyz')).status).toBe(readyStatus)
	expect((await ask('/else')).status).toBe(404)
})
