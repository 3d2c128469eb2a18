import { eventually } from '@mercat/testing/eventually'
import { startMovingAddress } from '@mercat/testing/moving-address'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { expect, test } from 'vitest'
import { type Database, openDatabase } from '../src/database.ts'
import { isWritable } from '../src/open-service-database.ts'
import { DatabaseUnavailableError } from '../src/statements/errors.ts'

const insert = 'insert into entry values (1)'

test('after a planned switchover, sessions that stayed with the old primary fail once, and all later ones write', async () => {
	await using primary = await startPostgresServer()
	await using standby = await primary.startStandby()
	await using address = await startMovingAddress(primary.url)
	await using database = await openDatabase(address.of(primary.url))
	await database.query('create table schema_version (version bigint)')
	await database.query('create table entry (id bigint)')
	expect(await isWritable(database)).toBe(true)

	await primary.demote(standby)
	await severalSessions(database)
	await expect(database.query(insert)).rejects.toThrow(DatabaseUnavailableError)
	await expect(database.transaction(({ query }) => query(insert))).rejects.toThrow(DatabaseUnavailableError)
	expect(await isWritable(database)).toBe(false)

	await severalSessions(database)
	await standby.promote()
	address.moveTo(standby.url)
	await expect(database.query(insert)).rejects.toThrow(DatabaseUnavailableError)
	await Promise.all(Array.from({ length: sessions }, () => database.query(insert)))
	expect(await database.query('select count(*) as n from entry')).toEqual([{ n: sessions }])
	expect(await isWritable(database)).toBe(true)
})

test('readiness finds the new primary, although all sessions are with the old one', async () => {
	await using primary = await startPostgresServer()
	await using standby = await primary.startStandby()
	await using address = await startMovingAddress(primary.url)
	await using database = await openDatabase(address.of(primary.url))
	await database.query('create table schema_version (version bigint)')
	await primary.demote(standby)
	await severalSessions(database)
	await standby.promote()
	address.moveTo(standby.url)
	expect(await isWritable(database)).toBe(true)
})

test('a session that is used while another fails is closed when it is released', async () => {
	await using primary = await startPostgresServer()
	await using database = await openDatabase(primary.url)
	const pidOf = 'select pg_backend_pid() as pid'
	const failed = Promise.withResolvers<void>()
	const used = Promise.withResolvers<number>()
	const other = database.transaction(async ({ query }) => {
		const [row] = await query<{ pid: number }>(pidOf)
		used.resolve(row!.pid)
		await failed.promise
	})
	const pid = await used.promise
	const refused = database.transaction(async ({ query }) => {
		await query('set transaction read only')
		await query('create table entry (id bigint)')
	})
	const error = await refused.catch((thrown: unknown) => thrown)
	failed.resolve()
	await other
	expect(error).toBeInstanceOf(DatabaseUnavailableError)
	const pids = await Promise.all(Array.from({ length: sessions }, () => database.query<{ pid: number }>(pidOf)))
	expect(pids.flat().map((row) => row.pid)).not.toContain(pid)
})

const sessions = 5

/** Opens so many sessions, which the pool then keeps. */
function severalSessions(database: Database): Promise<void> {
	// The pool may still have sessions that the restart of the server has closed.
	return eventually(async () => {
		const allBegan = Promise.withResolvers<void>()
		allBegan.promise.catch(() => {})
		let began = 0
		const begin = () =>
			database.transaction(async ({ query }) => {
				await query('select 1')
				if (++began === sessions) allBegan.resolve()
				await allBegan.promise
			})
		await Promise.all(Array.from({ length: sessions }, () => begin().catch(allBegan.reject)))
		await allBegan.promise
	})
}
