import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { engines } from '@mercat/testing/test-database'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { createMigratedDatabase } from './migrated-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'mercat-migrations-'))
writeFileSync(join(folder, '001.do.things.sql'), 'create table thing (name text)')
afterAll(() => rmSync(folder, { recursive: true }))

test.each(engines)('tests that ask at once get a migrated database of their own each, on %s', async (engine) => {
	const readAfterInsert = async (value: string) => {
		await using file = await createMigratedDatabase(engine, folder)
		await using database = await openDatabase(file.url, { connectTimeoutMs: 60_000 })
		await database.query('insert into thing values ($1)', [value])
		return await database.query('select name from thing')
	}
	const found = await Promise.all(['one', 'two', 'three'].map(readAfterInsert))
	expect(found).toEqual([[{ name: 'one' }], [{ name: 'two' }], [{ name: 'three' }]])
})
