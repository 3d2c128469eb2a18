import { createTestDatabase } from '@mercat/testing/test-database'
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
			catalog: opened.use(await createTestDatabase('postgres')).url,
			order: opened.use(await createTestDatabase('postgres')).url,
		}
		healthy.shop = await fillDatabases(healthy.urls)
	})
	afterAll(() => opened.disposeAsync())
	return healthy
}
