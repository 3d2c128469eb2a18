import { createTestDatabase, type TestDatabase } from '@mercat/testing/test-database'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database.ts'
import { DatabaseUnavailableError } from '../src/statements/errors.ts'

let file: TestDatabase
let database: Database
let outages: DatabaseUnavailableError[]
beforeAll(async () => {
	file = await createTestDatabase('postgres')
})
afterAll(() => file[Symbol.asyncDispose]())
beforeEach(async () => {
	outages = []
	const listener = { onUnavailable: (error: DatabaseUnavailableError) => void outages.push(error), onAvailable() {} }
	database = await openDatabase(file.url, { maxConnections: 1, connectTimeoutMs: 100, outages: listener })
})
afterEach(() => database.close())

const failWith = (state: string) => `do $$ begin raise sqlstate '${state}'; end $$`

test.each(['55P03', '57014', '40001'])('A statement that fails with %s in the end is no outage', async (state) => {
	const error = await database.query(failWith(state)).catch((thrown: unknown) => thrown)
	expect(error).toBeInstanceOf(DatabaseUnavailableError)
	expect(error).toMatchObject({ isReported: false })
	expect(outages).toEqual([])
})

test('A statement that waits in vain for a connection is no outage, while another statement takes long', async () => {
	const { promise: released, resolve: release } = Promise.withResolvers<void>()
	const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
	const slow = database.transaction(async ({ query }) => {
		await query('select 1')
		begin()
		await released
	})
	await begun
	await expect(database.query('select 1')).rejects.toMatchObject({ isReported: false })
	release()
	await slow
	expect(outages).toEqual([])
})

test('A session that the server ends is an outage', async () => {
	await expect(database.query(failWith('57P01'))).rejects.toMatchObject({ isReported: true })
	expect(outages).toHaveLength(1)
})
