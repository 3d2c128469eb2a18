import getPort from 'get-port'
import { expect, test } from 'vitest'
import { forkService } from '../../src/start/service-process.ts'
import { jwtSecret } from '../start-catalog.ts'

// No catalog listens at port 1: an order service without its catalog is live, but not ready.
test.each([
	{ name: 'catalog', readiness: [200, 'ok\n'] },
	{ name: 'order', readiness: [503, 'not ready: the catalog is not serving\n'] },
])(
	'The $name service serves /metrics, /livez and /readyz, which names what is missing, on METRICS_PORT',
	async ({ name, readiness }) => {
		const metricsPort = await getPort()
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
		const ready = await ask('/readyz')
		expect([ready.status, await ready.text()]).toEqual(readiness)
		expect((await ask('/else')).status).toBe(404)
	},
)
