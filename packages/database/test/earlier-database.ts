import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, type Engine, type TestDatabase } from '@mercat/testing/test-database'
import { openDatabase } from '../src/database.ts'
import { migrate } from '../src/migrations/migrate.ts'

export type EarlierVersion = {
	migrationsFolder: string
	/** The migrations that the version had. */
	migrations: readonly string[]
	/** The statements that write rows as the version wrote them. */
	rows: string
}

/** A database that an earlier version of a service has migrated and written to. Nobody has it open. */
export async function createEarlierDatabase(
	engine: Engine,
	{ migrationsFolder, migrations, rows }: EarlierVersion,
): Promise<TestDatabase> {
	await using opened = new AsyncDisposableStack()
	const created = opened.use(await createTestDatabase(engine))
	const folder = mkdtempSync(join(tmpdir(), 'mercat-migrations-'))
	try {
		for (const name of migrations) cpSync(join(migrationsFolder, name), join(folder, name))
		await using database = await openDatabase(created.url)
		await migrate(database, folder)
		await database.query(rows)
	} finally {
		rmSync(folder, { recursive: true })
	}
	opened.move()
	return created
}
