import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { eventually } from '@mercat/testing/eventually'
import type { Engine } from '@mercat/testing/test-database'
import { expect } from 'vitest'
import { createProductStore } from '../src/products/product-store.ts'
import { createTextIndex } from '../src/search/indexing/text-index-store.ts'
import { migrationsFolder } from '../src/server.ts'

type CatalogDatabaseOptions = {
	/** Pieces of each product; none unless given. */
	onHand?: number
	/** Whether statements get the plans that services have; they do unless given. */
	hasFixedPlans?: boolean
}

/** A catalog's database without a service: products that are called "A thing" and cost 1.00 EUR. */
export async function openCatalogDatabase(
	engine: Engine,
	skus: string[],
	{ onHand = 0, hasFixedPlans = true }: CatalogDatabaseOptions = {},
): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url, { hasFixedPlans }))
	const { createProduct } = createProductStore(database, createTextIndex())
	const fields = {
		title: 'A thing',
		description: '',
		brand: '',
		category: '',
		attributes: {},
		imageUrls: [],
		group: '',
	}
	for (const sku of skus) await createProduct({ sku, ...fields, currency: 'EUR', amountMinor: 100 })
	if (onHand > 0) await database.query(`update stock set on_hand = ${onHand}`)
	const resources = opened.move()
	return { ...database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** Resolves when so many connections of the database wait for a lock. PostgreSQL only. */
export async function waitForLocks(database: Database, count: number): Promise<void> {
	const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
	await eventually(async () => expect(await database.query(waiting)).toHaveLength(count))
}
