import { budgetForEach, createBudget } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase, engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openDatabase } from '../src/database.ts'
import { OutOfTimeError } from '../src/statements/errors.ts'

describe.each(engines)('A transaction on %s', (engine) => {
	test('runs statements that are sent together in their order', async () => {
		await using opened = await openEntries()
		const [, rows] = await opened.database.transaction(({ query }) =>
			Promise.all([query('insert into entry values (1)'), query('select id from entry'), query('delete from entry')]),
		)
		expect(rows).toEqual([{ id: 1 }])
		expect(await opened.ids()).toEqual([])
	})

	test('is committed when its last statement is sent together with the commit', async () => {
		await using opened = await openEntries()
		const rows = await opened.database.transaction(async ({ query, queryAndCommit }) => {
			await query('insert into entry values (1)')
			return queryAndCommit('insert into entry values (2) returning id')
		})
		expect(rows).toEqual([{ id: 2 }])
		expect(await opened.ids()).toEqual([1, 2])
	})

	test('is rolled back when the statement that is sent together with the commit fails', async () => {
		await using opened = await openEntries()
		const failing = opened.database.transaction(async ({ query, queryAndCommit }) => {
			await query('insert into entry values (1)')
			return queryAndCommit('insert into entry values (1)')
		})
		await expect(failing).rejects.toThrow('entry_pkey')
		expect(await opened.ids()).toEqual([])
	})

	test('is rolled back when one of the statements that are sent together fails', async () => {
		await using opened = await openEntries()
		const failing = opened.database.transaction(({ query }) =>
			Promise.all([
				query('insert into entry values (1)'),
				query('select 1 / 0'),
				query('insert into entry values (2)'),
			]),
		)
		await expect(failing).rejects.toThrow('division by zero')
		expect(await opened.ids()).toEqual([])
	})

	test('does not start when its budget is used up', async () => {
		await using opened = await openEntries()
		const late = opened.database.transaction(({ query }) => query('insert into entry values (1)'), createBudget(0))
		await expect(late).rejects.toThrow(OutOfTimeError)
		expect(await opened.ids()).toEqual([])
	})

	test('is not committed when its budget is used up before the commit', async () => {
		await using opened = await openEntries()
		let leftMs = 1_000
		const late = opened.database.transaction(
			async ({ query }) => {
				await query('insert into entry values (1)')
				leftMs = 0
			},
			{ deadline: Number.POSITIVE_INFINITY, remainingMs: () => leftMs },
		)
		await expect(late).rejects.toThrow(OutOfTimeError)
		expect(await opened.ids()).toEqual([])
	})

	async function openEntries() {
		await using opened = new AsyncDisposableStack()
		const { url } = opened.use(await createTestDatabase(engine))
		const database = opened.use(await openDatabase(url))
		await database.query('create table entry (id bigint primary key)')
		const resources = opened.move()
		return {
			database,
			ids: async () => (await database.query<{ id: number }>('select id from entry order by id')).map(({ id }) => id),
			[Symbol.asyncDispose]: () => resources.disposeAsync(),
		}
	}
})

test('The server limits a statement to its own budget, rounded up to 250 ms', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url, { maxConnections: 1 })
	const timeout = 'select current_setting($1) as allowed'
	const setting = ['statement_timeout']
	expect(await database.within(budgetForEach(701)).query(timeout, setting)).toEqual([{ allowed: '750ms' }])
	expect(await database.query(timeout, setting)).toEqual([{ allowed: '2s' }])
	const patient = budgetForEach(60_000)
	expect(await database.transaction(({ query }) => query(timeout, setting), patient)).toEqual([{ allowed: '1min' }])
	expect(await database.query(timeout, setting)).toEqual([{ allowed: '2s' }])
})

test('The server ends a statement whose budget is used up', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url)
	await expect(database.within(createBudget(200)).query('select pg_sleep(60)')).rejects.toThrow(OutOfTimeError)
	const running = "select from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'"
	// Far sooner than the minute that the statement would take.
	await eventually(async () => expect(await database.query(running)).toEqual([]))
})

test('A statement without a budget has its own time, however long it waited for a connection', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url, { maxConnections: 1, connectTimeoutMs: 10_000 })
	const occupied = database.transaction(({ query }) => query('select pg_sleep(2.2)'), budgetForEach(10_000))
	const waiting = database.query('select 1 as answer')
	await occupied
	expect(await waiting).toEqual([{ answer: 1 }])
})

test('A transaction without a budget may take longer than one of its statements', async () => {
	await using file = await createTestDatabase('postgres')
	await using database = await openDatabase(file.url)
	const answers = await database.transaction(async ({ query }) => {
		await query('select pg_sleep(1.1)')
		await query('select pg_sleep(1.1)')
		return query('select 1 as answer')
	})
	expect(answers).toEqual([{ answer: 1 }])
})
