import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { readOrderConfig } from '@mercat/order/config'
import { migrationsFolder, startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { signToken } from '@mercat/service/tokens'
import { runMercat } from '@mercat/testing/run-mercat'
import { jwtSecret, startTestCatalog } from '../start-catalog.ts'

const demoFile = fileURLToPath(new URL('../../demo/products.ndjson', import.meta.url))
const issuer = { secret: jwtSecret, issuer: 'mercat', audience: 'mercat' }

export type Shop = Awaited<ReturnType<typeof startShop>>

/** A webhook whose URL left WEBHOOK_URLS before it had got everything. */
const endedWebhook = `insert into webhook (origin, url, types, position, since_position, until_position, ended_at)
	values ('environment', 'https://gone.example/events', '{*}', 0, 0, 0, clock_timestamp())`

/** A real order service and a real catalog with the demo products, each with a database of its own. */
export async function startShop({ hasEndedWebhook = false, env = {} as Record<string, string> } = {}) {
	await using opened = new AsyncDisposableStack()
	const catalog = opened.use(await startTestCatalog())
	await runMercat(['import', demoFile, '--catalog', `127.0.0.1:${catalog.port}`], { JWT_SECRET: jwtSecret })
	const database = opened.use(await createMigratedDatabase('pglite', migrationsFolder))
	if (hasEndedWebhook) {
		await using prepared = await openDatabase(database.url)
		await prepared.query(endedWebhook)
	}
	const config = readOrderConfig({
		PORT: '0',
		JWT_SECRET: jwtSecret,
		LOG_LEVEL: 'silent',
		DATABASE_URL: database.url,
		CATALOG_ADDRESS: `127.0.0.1:${catalog.port}`,
		REQUEST_BUDGET_MS: '15000',
		SECRETS_KEY: 'a-key-of-the-test-with-at-least-32-bytes',
		WEBHOOK_ALLOW_PRIVATE: 'true',
		...env,
	})
	const service = opened.adopt(await startOrder(config, createLog('order', 'silent')), ({ close }) => close())
	const url = `http://127.0.0.1:${service.address.port}`
	const token = (scope: string) => signToken(issuer, { subject: 'alice', scope, lifetimeMs: 86_400_000 })
	async function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<{ id: string }> {
		const response = await fetch(`${url}${path}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token('orders:write')}`, 'content-type': 'application/json', ...headers },
			body: JSON.stringify(body),
		})
		return (await response.json()) as { id: string }
	}

	const resources = opened.move()
	return {
		url,
		token,
		/** Runs `mercat webhooks` with a token that it signs itself. */
		webhooks: (...args: string[]) => runMercat(['webhooks', ...args, '--orders', url], { JWT_SECRET: jwtSecret }),
		/** Places an order and returns its id. */
		async placeOrder(): Promise<string> {
			const body = { items: [{ sku: 'MUG-STONE-350', quantity: 1 }] }
			return (await post('/v1/orders', body, { 'idempotency-key': randomUUID() })).id
		},
		cancelOrder: (id: string) => post(`/v1/orders/${id}/cancel`, {}),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
