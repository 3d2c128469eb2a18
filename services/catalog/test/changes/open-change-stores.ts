import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { Engine } from '@mercat/testing/test-database'
import { createStockChangeStore } from '../../src/changes/availability/stock-change-store.ts'
import { createStockScanStore } from '../../src/changes/availability/stock-scan-store.ts'
import { createChangeLogStore } from '../../src/changes/log/change-log-store.ts'
import { createProductStore } from '../../src/products/product-store.ts'
import { createTextIndex } from '../../src/search/indexing/text-index-store.ts'
import { migrationsFolder } from '../../src/server.ts'

/** The stores of the changes of products on a database that has the schema. */
export function changeStoresOn(database: Database) {
	const { createProduct, changeProduct } = createProductStore(database, createTextIndex())
	return {
		database,
		log: createChangeLogStore(database),
		stock: createStockChangeStore(database),
		scan: createStockScanStore(database),
		create: (sku: string) => createProduct({ ...thing, sku }),
		rename: (sku: string, title: string) => changeProduct(sku, (product) => ({ ...product, title })),
	}
}

export type ChangeStores = ReturnType<typeof changeStoresOn>

/** A new database with the schema of the catalog, and its stores, without a service. */
export async function openChangeStores(engine: Engine) {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url, { hasFixedPlans: true }))
	const resources = opened.move()
	return { url, ...changeStoresOn(database), [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** All entries that have a position. */
export async function readAll({ log }: Pick<ChangeStores, 'log'>) {
	const { last } = await log.ends(0)
	return log.readBlock(0, last)
}

export const quiet = { error() {}, warn() {} }

const thing = {
	title: 'A thing',
	description: '',
	brand: '',
	category: '',
	attributes: {},
	imageUrls: [],
	group: '',
	currency: 'EUR',
	amountMinor: 100,
}
