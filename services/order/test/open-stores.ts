import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { Engine } from '@mercat/testing/test-database'
import { createEventLogStore } from '../src/events/event-log-store.ts'
import { createOutboxAdminStore } from '../src/outbox/outbox-admin-store.ts'
import { createOutboxStore } from '../src/outbox/outbox-store.ts'
import { createPlacingStore, type PlacingStoreOptions } from '../src/placing/placing-store.ts'
import { createReadingStore } from '../src/reading/reading-store.ts'
import { migrationsFolder } from '../src/server.ts'
import { createTransitionStore } from '../src/transitions/transition-store.ts'

/** The stores of the order service on a database that has its schema. */
export function storesOn(database: Database, options: Partial<PlacingStoreOptions> = {}) {
	const { maxUnpaidOrders = 0, paymentWindowMs = 60_000 } = options
	const readingStore = createReadingStore(database)
	return {
		readingStore,
		placingStore: createPlacingStore(
			database,
			{ findOrders: readingStore.findOrders },
			{ maxUnpaidOrders, paymentWindowMs },
		),
		transitionStore: createTransitionStore(database),
		outboxStore: createOutboxStore(database),
		outboxAdminStore: createOutboxAdminStore(database),
		eventLogStore: createEventLogStore(database),
	}
}

/** For tests that ask for more at once than a loaded machine does within the usual second. */
export const patient = { connectTimeoutMs: 60_000 }

/** A new database with the schema of the order service, and its stores, without a service. */
export async function openStores(engine: Engine, options?: Partial<PlacingStoreOptions>) {
	await using opened = new AsyncDisposableStack()
	const file = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(file.url, patient))
	const resources = opened.move()
	return {
		url: file.url,
		database,
		...storesOn(database, options),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
