import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import type { Engine } from '@mercat/testing/test-database'
import { migrationsFolder } from '../src/server.ts'

/** The migrated database of a market, for one test. */
export async function openEmptyDatabase(
	engine: Engine,
): Promise<{ database: Database; url: string } & AsyncDisposable> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url))
	const resources = opened.move()
	return { database, url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
