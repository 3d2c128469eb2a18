import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readCatalogConfig } from '@mercat/catalog/config'
import { migrationsFolder as catalogMigrations, startCatalog } from '@mercat/catalog/server'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { readMarketConfig } from '@mercat/market/config'
import { migrationsFolder as marketMigrations, startMarket } from '@mercat/market/server'
import { readOrderConfig } from '@mercat/order/config'
import { migrationsFolder as orderMigrations, startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { runMercat } from '@mercat/testing/run-mercat'
import { getAnswer } from '../../src/doctor/get-answer.ts'

const secret = 'the secret of the services under test'
const log = createLog('test', 'silent')

/** Both services on new PostgreSQL databases, and the doctor that looks at them. */
export async function startSystem(orderVariables: { [name: string]: string } = {}) {
	await using opened = new AsyncDisposableStack()
	const catalogDb = opened.use(await createMigratedDatabase('postgres', catalogMigrations)).url
	const orderDb = opened.use(await createMigratedDatabase('postgres', orderMigrations)).url
	const common = { PORT: '0', JWT_SECRET: secret, LOG_LEVEL: 'silent' }
	const catalogService = opened.use(new AsyncDisposableStack())
	const catalog = catalogService.adopt(
		await startCatalog(readCatalogConfig({ ...common, DATABASE_URL: catalogDb }), log),
		({ close }) => close(),
	)
	const address = `127.0.0.1:${catalog.address.port}`
	const orderConfig = readOrderConfig({
		...common,
		DATABASE_URL: orderDb,
		CATALOG_ADDRESS: address,
		REQUEST_BUDGET_MS: '15000',
		SECRETS_KEY: 'a-key-of-the-test-with-at-least-32-bytes',
		WEBHOOK_ALLOW_PRIVATE: 'true',
		...orderVariables,
	})
	const order = opened.adopt(await startOrder(orderConfig, log), ({ close }) => close())
	const orders = `http://127.0.0.1:${order.address.port}`

	/** Starts a market beside them. Resolves to the options with which the doctor looks at it. */
	async function startMarketBeside(variables: { [name: string]: string } = {}): Promise<string[]> {
		const { url } = started.use(await createMigratedDatabase('postgres', marketMigrations))
		const ports = { MARKET_PORT: '0', MARKET_GRPC_PORT: '0' }
		const config = readMarketConfig({ ...common, ...ports, DATABASE_URL: url, CATALOG_ADDRESS: address, ...variables })
		const market = started.adopt(await startMarket(config, log), ({ close }) => close())
		return ['--market-db', url, '--market', `http://127.0.0.1:${market.address.port}`]
	}

	const started = opened.use(new AsyncDisposableStack())
	const resources = opened.move()
	return {
		orders,
		secret,
		/** Has the catalog answer without serving, as it does before it ends. */
		drainCatalog: () => catalog.announceShutdown(),
		/** Adds a product with stock to the catalog, and orders it. */
		async placeOrder(token: string): Promise<void> {
			const folder = mkdtempSync(join(tmpdir(), 'mercat-doctor-'))
			const file = join(folder, 'products.csv')
			writeFileSync(file, 'sku,title,price,currency,onHand\nMUG,Mug,1,EUR,5\n')
			await runMercat(['import', file, '--catalog', address], { MERCAT_TOKEN: token })
			rmSync(folder, { recursive: true })
			const post = { headers: { 'idempotency-key': randomUUID() }, body: { items: [{ sku: 'MUG', quantity: 1 }] } }
			await getAnswer(`${orders}/v1/orders`, { token, post })
		},
		stopCatalog: () => catalogService.disposeAsync(),
		startMarket: startMarketBeside,
		async doctor(variables: { [name: string]: string } = {}, market: string[] = []) {
			const databases = ['--catalog-db', catalogDb, '--order-db', orderDb]
			const services = ['--catalog', address, '--orders', `${orders}/`]
			return readResult(
				await runMercat(['doctor', ...databases, ...services, ...market], {
					JWT_SECRET: secret,
					MARKET: String(market.length > 0),
					...variables,
				}),
			)
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

/** The exit code of the doctor, and its lines by their subjects. */
export function readResult({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof runMercat>>) {
	const lines = stdout
		.trimEnd()
		.split('\n')
		.map((line) => /^(ok|WRONG) +([a-z ]+): (.+)$/.exec(line) ?? [line, '', line, ''])
		.map(([, state, subject, sentence]) => [subject, `${state}: ${sentence}`] as const)
	return { exitCode, stderr, lines: Object.fromEntries(lines) as Record<string, string> }
}
