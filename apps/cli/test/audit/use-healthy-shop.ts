import { migrationsFolder as catalogMigrations } from '@mercat/catalog/server'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { migrationsFolder as orderMigrations } from '@mercat/order/server'
import { afterAll, beforeAll } from 'vitest'
import { type DatabaseUrls, fillDatabases, type HealthyShop } from './healthy-shop.ts'

/** What {@link useHealthyShop} fills in before the first test. */
export type AuditedShop = { urls: DatabaseUrls; shop: HealthyShop }

/** Fills two PostgreSQL databases with a healthy shop, once for all tests of the file. The tests change copies only. */
export function useHealthyShop(): AuditedShop {
	const opened = new AsyncDisposableStack()
	const healthy = {} as AuditedShop
	beforeAll(async () => {
		healthy.urls = {
			catalog: opened.use(await createMigratedDatabase('postgres', catalogMigrations)).url,
			order: opened.use(await createMigratedDatabase('postgres', orderMigrations)).url,
		}
		healthy.shop = await fillDatabases(healthy.urls)
	})
	afterAll(() => opened.disposeAsync())
	return healthy
}
