import { randomUUID } from 'node:crypto'
import { readCatalogConfig } from '@mercat/catalog/config'
import { migrationsFolder, startCatalog } from '@mercat/catalog/server'
import { callUnary, createCatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createLog, type DestinationStream } from '@mercat/service/log'
import type { Engine } from '@mercat/testing/test-database'
import { jwtSecret, token } from './tokens.ts'

export type NewProduct = Product & { onHand?: number }

export type OpenCatalog = Awaited<ReturnType<typeof openCatalog>>

const timeoutMs = 60_000
const writer = { timeoutMs, token: token('tester', 'catalog:write') }
const reserver = { timeoutMs, token: token('service:order', 'stock:reserve') }

/**
 * A real catalog on a free port, and what tests do with it.
 *
 * @param givenUrl a database in place of one of its own. The caller removes it.
 * @param logTo gets the log, from the level debug on
 * @param port 0 is a free one
 */
export async function openCatalog(engine: Engine, givenUrl?: string, logTo?: DestinationStream, port = 0) {
	await using opened = new AsyncDisposableStack()
	const databaseUrl = givenUrl ?? opened.use(await createMigratedDatabase(engine, migrationsFolder)).url
	const config = readCatalogConfig({
		PORT: String(port),
		JWT_SECRET: jwtSecret,
		LOG_LEVEL: 'silent',
		DATABASE_URL: databaseUrl,
	})
	const service = opened.use(new AsyncDisposableStack())
	const log = createLog('catalog', logTo === undefined ? 'silent' : 'debug', logTo)
	const { address } = service.adopt(await startCatalog(config, log), ({ close }) => close())
	const clients = opened.adopt(createCatalogClients(`127.0.0.1:${address.port}`), (open) => open.close())
	const resources = opened.move()
	return {
		address: `127.0.0.1:${address.port}`,
		databaseUrl,
		clients,
		/** Creates a product with 1,000 in stock and a new sku, unless told otherwise. Returns the sku. */
		async createProduct({ onHand = 1_000, ...fields }: NewProduct = {}): Promise<string> {
			const sku = fields.sku ?? `SKU-${randomUUID()}`
			const product = { title: 'A thing', price: { currencyCode: 'EUR', amountMinor: 1299 }, ...fields, sku }
			await callUnary(clients.catalog, catalogRpcs.CreateProduct, { product }, writer)
			if (onHand > 0) {
				await callUnary(clients.inventory, inventoryRpcs.SetStock, { sku, onHand, requestId: randomUUID() }, writer)
			}
			return sku
		},
		async archiveProduct(sku: string): Promise<void> {
			await callUnary(clients.catalog, catalogRpcs.ArchiveProduct, { sku }, writer)
		},
		/** Holds one piece for an order, which need not exist. */
		async hold(orderId: string, sku: string): Promise<void> {
			const reservation = { orderId, holdDuration: { seconds: 600 }, lines: [{ sku, quantity: 1 }] }
			await callUnary(clients.inventory, inventoryRpcs.ReserveStock, { reservations: [reservation] }, reserver)
		},
		async stockOf(sku: string) {
			const { levels } = await callUnary(clients.inventory, inventoryRpcs.GetStock, { skus: [sku] }, { timeoutMs })
			return levels[0]
		},
		/** Stops the catalog for good. */
		stop: () => service.disposeAsync(),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
