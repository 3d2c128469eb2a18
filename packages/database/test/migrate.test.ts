import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { migrate } from '../src/migrations/migrate.ts'

let folder: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-migrations-'))
	writeFileSync(join(folder, '001.do.first.sql'), 'create table first (id int); create table other (id int);')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe.each(engines)('Migrations on %s', (engine) => {
	test('create the schema, and a second run changes nothing', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await migrate(database, folder)
		await migrate(database, folder)
		expect(await database.query('select count(*) as tables from first')).toEqual([{ tables: 0 }])
	})

	test('change nothing when one of them fails', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		writeFileSync(join(folder, '002.do.broken.sql'), 'create table second (id int); select nonsense;')
		await expect(migrate(database, folder)).rejects.toThrow('nonsense')
		await expect(database.query('select * from first')).rejects.toThrow('does not exist')
	})

	test('are refused when an applied file has changed', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await migrate(database, folder)
		writeFileSync(join(folder, '001.do.first.sql'), 'create table first (id bigint);')
		await expect(migrate(database, folder)).rejects.toThrow('MD5 checksum failed')
	})
})

test('Eight concurrent migrators create the schema once', async () => {
	await using file = await createTestDatabase('postgres')
	const databases = await Promise.all(Array.from({ length: 8 }, () => openDatabase(file.url)))
	try {
		await Promise.all(databases.map((database) => migrate(database, folder)))
		const [version] = await databases[0]!.query('select max(version) as version from schema_version')
		expect(version).toEqual({ version: 1 })
	} finally {
		await Promise.all(databases.map((database) => database.close()))
	}
})
