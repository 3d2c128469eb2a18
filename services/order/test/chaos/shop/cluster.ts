import { randomUUID } from 'node:crypto'
import { Metadata } from '@grpc/grpc-js'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { StockLevel__Output } from '@mercat/catalog-api/messages/StockLevel'
import { openDatabase } from '@mercat/database/database'
import { signToken } from '@mercat/service/tokens'
import { eventually } from '@mercat/testing/eventually'
import { runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase, type Engine } from '@mercat/testing/test-database'
import { openSupplier } from '../../feeds/open-supplier.ts'
import { type ServiceProcess, serviceProcess } from './service-process.ts'

const secret = randomUUID()
const tokens = { secret, issuer: 'mercat', audience: 'mercat' }

export type ClusterOptions = {
	engine: Engine
	catalogs?: number
	orders?: number
	/** Additional variables of the order service. */
	env?: Record<string, string>
	/** Additional variables of the catalog. */
	catalogEnv?: Record<string, string>
	/** In place of databases of its own, for tests that stop the database server. */
	databaseUrls?: { catalog: string; order: string }
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>

/** Real processes of both services on new databases, and what tests do with them. */
export async function startCluster({
	engine,
	catalogs: catalogCount = 1,
	orders: orderCount = 1,
	env = {},
	catalogEnv = {},
	databaseUrls,
}: ClusterOptions) {
	await using opened = new AsyncDisposableStack()
	const urls = databaseUrls ?? {
		catalog: opened.use(await createTestDatabase(engine)).url,
		order: opened.use(await createTestDatabase(engine)).url,
	}
	const common = { JWT_SECRET: secret, LOG_LEVEL: 'warn', RATE_LIMIT: '0', MAX_UNPAID_ORDERS: '0' }
	const catalogs: ServiceProcess[] = []
	for (let index = 0; index < catalogCount; index++) {
		const catalog = opened.use(serviceProcess('catalog', { ...common, DATABASE_URL: urls.catalog, ...catalogEnv }))
		await catalog.start()
		catalogs.push(catalog)
	}
	const address = `ipv4:${catalogs.map(({ port }) => `127.0.0.1:${port}`).join(',')}`
	const orders: ServiceProcess[] = []
	for (let index = 0; index < orderCount; index++) {
		const order = opened.use(
			serviceProcess('order', { ...common, DATABASE_URL: urls.order, CATALOG_ADDRESS: address, ...env }),
		)
		await order.start()
		orders.push(order)
	}
	const clients = createCatalogClients(address)
	opened.defer(() => clients.close())

	const token = (subject: string, scope: string) => signToken(tokens, { subject, scope, lifetimeMs: 86_400_000 })
	const writer = token('tester', 'catalog:write')
	const resources = opened.move()

	const cluster = {
		urls,
		catalogs,
		orders,
		orderUrl: (replica = 0) => `http://127.0.0.1:${orders[replica % orders.length]?.port}`,
		token,
		customerToken: (subject: string) => token(subject, 'orders:read orders:write'),
		staffToken: token('staff', 'orders:read orders:write orders:manage'),

		/** A supplier that sends its feed to the catalog. */
		supplier: (feed: string) => openSupplier(clients, feed, writer),
		/** Creates a product with stock. Returns its sku. */
		async stocked(onHand: number, amountMinor = 1290): Promise<string> {
			const sku = `SKU-${randomUUID()}`
			await importProduct(sku, onHand, amountMinor)
			return sku
		},
		async stock(sku: string): Promise<StockLevel__Output> {
			const { levels } = await callUnary(
				clients.catalog,
				inventoryRpcs.GetStock,
				{ skus: [sku] },
				{ timeoutMs: 60_000 },
			)
			return levels[0] as StockLevel__Output
		},
		setStock: (sku: string, onHand: number) =>
			callUnary(clients.catalog, inventoryRpcs.SetStock, { sku, onHand }, { timeoutMs: 60_000, token: writer }),
		/** Holds stock for an order that will not exist. Repeats the call until it succeeds. */
		async hold(sku: string, quantity: number, seconds: number): Promise<void> {
			const orderId = randomUUID()
			const reservation = { orderId, holdDuration: { seconds }, lines: [{ sku, quantity }] }
			await eventually(() =>
				callUnary(
					clients.catalog,
					inventoryRpcs.ReserveStock,
					{ reservations: [reservation] },
					{ timeoutMs: 10_000, token: token('service:order', 'stock:reserve') },
				),
			)
		},

		/** Starts every process that is not running. */
		async restartAll(): Promise<void> {
			for (const service of [...catalogs, ...orders]) await service.start()
		},

		/** Waits until the outbox is empty and no hold is without an order. */
		async settled(timeoutMs = 60_000): Promise<void> {
			const reader = token('staff', 'orders:manage')
			await eventually(
				async () => {
					const response = await fetch(`${cluster.orderUrl()}/readyz`, {
						headers: { authorization: `Bearer ${reader}` },
					})
					if (!response.ok) throw new Error('not ready')
				},
				{ timeout: timeoutMs, interval: 100 },
			)
			if (engine === 'pglite') return
			await using database = await openDatabase(urls.order)
			await eventually(
				async () => {
					const [row] = await database.query<{ pending: number }>(
						"select count(*) as pending from outbox where state = 'pending' and destination = 'catalog'",
					)
					if (row?.pending !== 0) throw new Error(`${row?.pending} commands are pending`)
				},
				{ timeout: timeoutMs, interval: 100 },
			)
		},

		/** Runs `mercat audit`. Stops the services first on PGlite, where the audit cannot share their databases. */
		async audit(): Promise<{ exitCode: number; output: string }> {
			if (engine === 'pglite') for (const service of [...orders, ...catalogs]) await service.signal('SIGTERM')
			const args = ['audit', '--catalog-db', urls.catalog, '--order-db', urls.order]
			const { exitCode, stdout, stderr } = await runMercat(args)
			return { exitCode, output: stdout + stderr }
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}

	async function importProduct(sku: string, onHand: number, amountMinor: number): Promise<void> {
		const metadata = new Metadata()
		metadata.set('authorization', `Bearer ${writer}`)
		const call = clients.catalog.importProducts(metadata, { deadline: Date.now() + 60_000 })
		const price = { currencyCode: 'EUR', amountMinor }
		call.write({ upserts: [{ rowNumber: 1, product: { sku, title: `Product ${sku}`, price }, onHand }] })
		call.end()
		for await (const { failures } of call) if (failures.length > 0) throw new Error(failures[0]?.message)
	}
	return cluster
}
