import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/database.ts'
import { holdTransaction } from '../../src/statements/held-transaction.ts'

async function openEntries() {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase('postgres'))
	const database = opened.use(await openDatabase(url))
	await database.query('create table entry (id int)')
	const resources = opened.move()
	const count = async () => (await database.query('select from entry')).length
	return { database, count, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

test('a held transaction is committed when its owner says so', async () => {
	await using opened = await openEntries()
	await using held = await holdTransaction(opened.database, 0)
	await held.query('insert into entry values (1)')
	expect(await opened.count()).toBe(0)
	await held.commit()
	expect(await opened.count()).toBe(1)
})

test('a held transaction that is not committed is rolled back at its end, and after an error', async () => {
	await using opened = await openEntries()
	{
		await using held = await holdTransaction(opened.database, 0)
		await held.query('insert into entry values (1)')
	}
	{
		await using held = await holdTransaction(opened.database, 0)
		await held.query('insert into entry values (1)')
		await expect(held.query('select 1 / 0')).rejects.toThrow('division by zero')
	}
	expect(await opened.count()).toBe(0)
})

test('a held transaction whose owner is silent for too long cannot be committed', async () => {
	await using opened = await openEntries()
	await using held = await holdTransaction(opened.database, 100)
	await held.query('lock table entry in access exclusive mode')
	// The server has ended the transaction once the table can be read.
	await eventually(() => opened.count())
	await expect(held.commit()).rejects.toThrow()
})
