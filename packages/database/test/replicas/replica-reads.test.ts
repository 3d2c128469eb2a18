import { createBudget } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import type { Reads } from '../../src/database.ts'
import { type Database, openDatabase } from '../../src/database.ts'
import { createReplicaReads } from '../../src/replicas/replica-reads.ts'
import { DatabaseUnavailableError, OutOfTimeError } from '../../src/statements/errors.ts'

let primary: PostgresServer
let standby: PostgresServer
let writes: Database
let replica: Database
let reads: Reads

beforeAll(async () => {
	primary = await startPostgresServer()
	standby = await primary.startStandby()
	await using database = await openDatabase(primary.url)
	await database.query('create table entry (id bigint)')
})

beforeEach(async () => {
	writes = await openDatabase(primary.url)
	replica = await openDatabase(standby.url)
	reads = createReplicaReads(writes, replica, { restMs: 0 })
	await eventually(async () => expect(await countOn(replica)).toBe(await countOn(writes)))
})

afterEach(async () => {
	await writes.close()
	await replica.close()
})

afterAll(async () => {
	await standby?.[Symbol.asyncDispose]()
	await primary?.[Symbol.asyncDispose]()
})

test('each read sees the commit that was acknowledged before it, and the replica answers most of them', async () => {
	const readers = new Set<boolean>()
	const before = await countOn(writes)
	await Promise.all(
		Array.from({ length: 8 }, async () => {
			for (let round = 0; round < 25; round++) {
				const [row] = await writes.query<{ id: string }>(`
					insert into entry select coalesce(max(id), 0) + 1 from entry returning id`)
				const [found] = await reads.query<{ sees: boolean; isReplica: boolean }>(
					'select exists (select from entry where id = $1) as sees, pg_is_in_recovery() as "isReplica"',
					[row?.id],
				)
				expect(found?.sees).toBe(true)
				readers.add(found?.isReplica === true)
			}
		}),
	)
	expect(readers).toContain(true)
	expect(await countOn(reads)).toBe(before + 200)
})

test('while the replica is behind, the primary answers, and later the replica again', async () => {
	await replica.query('select pg_wal_replay_pause()')
	await writes.query('insert into entry values (1)')
	const due = await countOn(writes)
	expect(await countOn(reads)).toBe(due)
	expect(await isReplica(reads)).toBe(false)
	await replica.query('select pg_wal_replay_resume()')
	await eventually(async () => expect(await isReplica(reads)).toBe(true))
	expect(await countOn(reads)).toBe(due)
})

test('after the replica was behind, reads do not wait for it for a while', async () => {
	reads = createReplicaReads(writes, replica, { restMs: 60_000 })
	await replica.query('select pg_wal_replay_pause()')
	await writes.query('insert into entry values (1)')
	expect(await isReplica(reads)).toBe(false)
	await replica.query('select pg_wal_replay_resume()')
	await eventually(async () => expect(await countOn(replica)).toBe(await countOn(writes)))
	expect(await isReplica(reads)).toBe(false)
})

test('while the replica hangs, the primary answers within the budget', async () => {
	await standby.pause()
	try {
		const budget = createBudget(1_000)
		expect(await isReplica(reads, budget)).toBe(false)
		expect(budget.remainingMs()).toBeGreaterThan(0)
	} finally {
		standby.resume()
	}
})

test('while the replica is gone, the primary answers, and the replica does when it is back', async () => {
	await standby.stop()
	expect(await isReplica(reads)).toBe(false)
	await standby.start()
	await eventually(async () => expect(await isReplica(reads)).toBe(true))
})

test('while the replica lacks a table of the newest migration, the primary answers', async () => {
	await replica.query('select pg_wal_replay_pause()')
	try {
		await writes.query('create table newest as select 7 as id')
		expect(await reads.query('select id from newest')).toEqual([{ id: 7 }])
	} finally {
		await replica.query('select pg_wal_replay_resume()')
	}
})

test('a primary that was demoted is unavailable, and its sessions are left', async () => {
	const demoted = createReplicaReads(replica, replica)
	const failure = await countOn(demoted).catch((error: unknown) => error)
	expect(failure).toBeInstanceOf(DatabaseUnavailableError)
	expect((failure as Error).cause).toMatchObject({ code: '25006' })
})

test('a reader without time does not take the time of others', async () => {
	await primary.pause()
	onTestFinished(() => primary.resume())
	const first = countOn(reads).catch((error: unknown) => error)
	const hasty = isReplica(reads, createBudget(20)).catch((error: unknown) => error)
	const patient = isReplica(reads)
	expect(await hasty).toBeInstanceOf(OutOfTimeError)
	primary.resume()
	await Promise.all([first, patient])
})

test('a statement that fails because of its data fails as on the primary', async () => {
	await expect(reads.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' })
})

async function countOn(database: Reads): Promise<number> {
	const [row] = await database.query<{ n: number }>('select count(*) as n from entry')
	return row!.n
}

async function isReplica(database: Reads, budget = createBudget(10_000)): Promise<boolean> {
	const [row] = await database.within(budget).query<{ isReplica: boolean }>('select pg_is_in_recovery() as "isReplica"')
	return row!.isReplica
}
