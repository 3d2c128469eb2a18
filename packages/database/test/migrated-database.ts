import { copyTemplate } from '@mercat/testing/copy-template'
import type { Engine, TestDatabase } from '@mercat/testing/test-database'
import { openDatabase } from '../src/database.ts'
import { migrate } from '../src/migrations/migrate.ts'

/** Creates a database for one test, with the migrations of a folder. A copy takes a part of the time of the migrations. */
export function createMigratedDatabase(engine: Engine, migrationsFolder: string): Promise<TestDatabase> {
	return copyTemplate(engine, migrationsFolder, async (url) => {
		await using database = await openDatabase(url, { connectTimeoutMs: 60_000 })
		await migrate(database, migrationsFolder)
	})
}
