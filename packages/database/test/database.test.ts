import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database.ts'
import { DatabaseInUseError, DatabaseUnavailableError } from '../src/statements/errors.ts'

describe.each(engines)('A database on %s', (engine) => {
	test('commits a transaction, and rolls back a transaction that throws', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await database.query('create table entry (id bigint primary key)')
		await database.transaction((transaction) => transaction.query('insert into entry values ($1)', [1]))
		const failing = database.transaction(async (transaction) => {
			await transaction.query('insert into entry values ($1)', [2])
			throw new Error('changed my mind')
		})
		await expect(failing).rejects.toThrow('changed my mind')
		expect(await database.query('select id from entry')).toEqual([{ id: 1 }])
	})

	test('returns a bigint as a number, and refuses a bigint that a number cannot represent', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		expect(await database.query('select 9007199254740991::bigint as n')).toEqual([{ n: Number.MAX_SAFE_INTEGER }])
		await expect(database.query('select 9007199254740992::bigint as n')).rejects.toThrow(RangeError)
		expect(await database.query('select 1 as still_works')).toEqual([{ still_works: 1 }])
	})

	test('runs a hundred concurrent transactions, also on a single connection', async () => {
		await using file = await createTestDatabase(engine)
		await using database = await openDatabase(file.url)
		await database.query('create table counter (n bigint)')
		await database.query('insert into counter values (0)')
		await Promise.all(Array.from({ length: 100 }, () => increment(database)))
		expect(await database.query('select n from counter')).toEqual([{ n: 100 }])
	})
})

async function increment(database: Database): Promise<void> {
	await database.transaction(async (transaction) => {
		const [row] = await transaction.query<{ n: number }>('select n from counter for update')
		await transaction.query('update counter set n = $1', [row!.n + 1])
	})
}

test('A statement for a PostgreSQL that does not answer throws DatabaseUnavailableError', async () => {
	await using database = await openDatabase('postgres://postgres@127.0.0.1:1/postgres')
	await expect(database.query('select 1')).rejects.toThrow(DatabaseUnavailableError)
})

test('A second process cannot open an embedded folder, and its error names the first process', async () => {
	await using file = await createTestDatabase('pglite')
	await using database = await openDatabase(file.url)
	const second = openInAnotherProcess(file.url)
	const [[output], [exitCode]] = await Promise.all([once(second.stderr, 'data'), once(second, 'exit')])
	expect(exitCode).toBe(1)
	expect(String(output)).toContain(`in use by process ${process.pid}`)
	expect(await database.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('The same process cannot open an embedded folder twice', async () => {
	await using file = await createTestDatabase('pglite')
	await using _database = await openDatabase(file.url)
	await expect(openDatabase(file.url)).rejects.toThrow(DatabaseInUseError)
})

test('After a kill of its process, an embedded folder opens again with all committed rows', async () => {
	await using file = await createTestDatabase('pglite')
	const first = openInAnotherProcess(file.url)
	await once(first.stdout, 'data')
	first.kill('SIGKILL')
	await once(first, 'exit')
	await using database = await openDatabase(file.url)
	expect(await database.query('select id from entry')).toEqual([{ id: 1 }])
})

function openInAnotherProcess(url: string) {
	const module = fileURLToPath(new URL('../src/database.ts', import.meta.url))
	const script = `
		const { openDatabase } = await import(${JSON.stringify(module)})
		try {
			const database = await openDatabase(${JSON.stringify(url)})
			await database.query('create table entry (id bigint)')
			await database.query('insert into entry values (1)')
			console.log('open')
			setInterval(() => {}, 1000)
		} catch (error) {
			console.error(error.message)
			process.exit(1)
		}
	`
	return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
}
