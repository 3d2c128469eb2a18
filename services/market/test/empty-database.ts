import { type Database, openDatabase } from '@mercat/database/database'
import { migrate } from '@mercat/database/migrate'
import { createTestDatabase, type Engine } from '@mercat/testing/test-database'
import { migrationsFolder } from '../src/server.ts'

/** The migrated database of a market, for one test. */
export async function openEmptyDatabase(
	engine: Engine,
): Promise<{ database: Database; url: string } & AsyncDisposable> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase(engine))
	const database = opened.use(await openDatabase(url))
	await migrate(database, migrationsFolder)
	const resources = opened.move()
	return { database, url, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
