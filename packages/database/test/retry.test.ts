import { createTestDatabase, engines, type TestDatabase } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database.ts'
import { DatabaseUnavailableError, sqlState } from '../src/statements/errors.ts'
import type { Queryable } from '../src/statements/queryable.ts'

describe.each(engines)('On %s,', (engine) => {
	let file: TestDatabase
	let database: Database
	beforeAll(async () => {
		file = await createTestDatabase(engine)
		database = await openDatabase(file.url)
	})
	afterAll(async () => {
		await database.close()
		await file[Symbol.asyncDispose]()
	})

	describe.each(['40001', '40P01'])('after SQLSTATE %s,', (state) => {
		test.each([1, 2])(
			'a transaction that fails %i times runs again from the start and commits once',
			async (failures) => {
				await failing(database, state, failures)
				let runs = 0
				await database.transaction(async ({ query }) => {
					runs++
					await query('insert into entry values ($1)', [runs])
					await query('select fail()')
				})
				expect(runs).toBe(failures + 1)
				expect(await database.query('select id from entry')).toEqual([{ id: runs }])
			},
		)

		test('a transaction that fails three times throws DatabaseUnavailableError with its cause and leaves no rows', async () => {
			await failing(database, state, 100)
			let runs = 0
			const error = await database
				.transaction(async ({ query }) => {
					runs++
					await query('insert into entry values ($1)', [runs])
					await query('select fail()')
				})
				.catch((thrown: unknown) => thrown)
			expect(runs).toBe(3)
			expect(error).toBeInstanceOf(DatabaseUnavailableError)
			expect(sqlState((error as Error).cause)).toBe(state)
			expect(await database.query('select id from entry')).toEqual([])
		})

		test('a single statement is repeated like a transaction', async () => {
			await failing(database, state, 2)
			await database.query('insert into entry select 7 from fail()')
			expect(await database.query('select id from entry')).toEqual([{ id: 7 }])
			await failing(database, state, 3)
			await expect(database.query('select fail()')).rejects.toThrow(DatabaseUnavailableError)
		})
	})

	test('a transaction does not run again after another error', async () => {
		await failing(database, '22012', 1)
		await expect(database.transaction(({ query }) => query('select fail()'))).rejects.toThrow('on purpose')
		expect(await database.query('select fail()')).toHaveLength(1)
	})
})

test('Two transactions that deadlock both commit, because the one that PostgreSQL rolls back runs again', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url)
	await database.query('create table shelf (sku text primary key, n bigint)')
	await database.query("insert into shelf values ('a', 0), ('b', 0)")
	const bothHoldOne = rendezvous(2)
	let runs = 0
	const take = (skus: string[]) =>
		database.transaction(async ({ query }) => {
			runs++
			for (const sku of skus) {
				await query('update shelf set n = n + 1 where sku = $1', [sku])
				await bothHoldOne()
			}
		})
	await Promise.all([take(['a', 'b']), take(['b', 'a'])])
	expect(runs).toBe(3)
	expect(await database.query('select n from shelf')).toEqual([{ n: 2 }, { n: 2 }])
})

test('Two serializable transactions that change the same row both commit', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url)
	await database.query('create table counter (n bigint)')
	await database.query('insert into counter values (0)')
	const bothHaveRead = rendezvous(2)
	let runs = 0
	const count = () =>
		database.transaction(async ({ query }) => {
			runs++
			await query('set transaction isolation level serializable')
			const [row] = await query<{ n: number }>('select n from counter')
			await bothHaveRead()
			await query('update counter set n = $1', [row!.n + 1])
		})
	await Promise.all([count(), count()])
	expect(runs).toBe(3)
	expect(await database.query('select n from counter')).toEqual([{ n: 2 }])
})

/**
 * Creates an empty table, and a function `fail()` that raises an error with this state as many times as `times`. The
 * function counts with a sequence, which a rollback does not reset.
 */
async function failing(database: Queryable, state: string, times: number): Promise<void> {
	await database.query('create table if not exists entry (id bigint)')
	await database.query('truncate entry')
	await database.query('create sequence if not exists failures')
	await database.query("select setval('failures', 1, false)")
	await database.query(`
		create or replace function fail() returns int language plpgsql as $$
		begin
			if nextval('failures') <= ${times} then raise exception 'on purpose' using errcode = '${state}'; end if;
			return 0;
		end $$`)
}

/** Makes the first `parties` callers wait for each other. Later callers do not wait. */
function rendezvous(parties: number): () => Promise<void> {
	const complete = Promise.withResolvers<void>()
	let arrived = 0
	return () => {
		if (++arrived === parties) complete.resolve()
		return complete.promise
	}
}
