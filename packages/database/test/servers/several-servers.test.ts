import { eventually } from '@mercat/testing/eventually'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '../../src/database.ts'
import { DatabaseUnavailableError } from '../../src/statements/errors.ts'

const insert = 'insert into entry values (1)'
const portQuery = "select current_setting('port')::int as port"
const sessions = 5

let primary: PostgresServer
let standby: PostgresServer

beforeAll(async () => {
	primary = await startPostgresServer()
	standby = await primary.startStandby()
	await using database = await open('any', primary)
	await database.query('create table entry (id bigint)')
})

afterAll(async () => {
	await standby?.[Symbol.asyncDispose]()
	await primary?.[Symbol.asyncDispose]()
})

test('of several servers, the one that can write gets all sessions, in whatever order the URL names them', async () => {
	for (const servers of [
		[primary, standby],
		[standby, primary],
	]) {
		await using database = await open('read-write', ...servers)
		expect(new Set(await portsOf(database))).toEqual(new Set([portOf(primary)]))
	}
	await using reader = await open('standby', primary, standby)
	expect(new Set(await portsOf(reader))).toEqual(new Set([portOf(standby)]))
})

test('a server that only reads is no server to write, and the error names each server with its reason', async () => {
	await using database = await open('read-write', standby)
	const failure = await database.query(insert).catch((error: unknown) => error)
	expect(failure).toBeInstanceOf(DatabaseUnavailableError)
	expect((failure as Error).cause).toMatchObject({
		name: 'NoServerError',
		message: `no server gives a session for target_session_attrs=read-write: 127.0.0.1:${portOf(standby)} is a standby`,
	})
})

test('when a server hangs and another one takes its place, the statements that wait are cut off, and the next ones write', async () => {
	await using database = await open('read-write', primary, standby)
	await portsOf(database)
	await primary.pause()
	onTestFinished(() => primary.resume())
	const waiting = Array.from({ length: sessions }, () => database.query('select pg_sleep(0)').catch((error) => error))
	await standby.promote()
	await eventually(() => database.query(insert))
	for (const answer of await Promise.all(waiting)) expect(answer).toBeInstanceOf(DatabaseUnavailableError)
	expect(new Set(await portsOf(database))).toEqual(new Set([portOf(standby)]))
})

test('after a planned switchover back, each session writes on the new primary', async () => {
	await using database = await open('read-write', primary, standby)
	await using former = await open('read-write', standby)
	await former.query(insert)
	await primary.demote(standby)
	await eventually(async () => expect(await portsOf(database)).toEqual(Array(sessions).fill(portOf(standby))))
})

function open(wanted: string, ...servers: PostgresServer[]): Promise<Database> {
	const hosts = servers.map((server) => `127.0.0.1:${portOf(server)}`).join(',')
	return openDatabase(`postgres://postgres@${hosts}/postgres?target_session_attrs=${wanted}`)
}

const portOf = (server: PostgresServer) => Number(new URL(server.url).port)

/** The ports of the servers that so many sessions at once are with. */
async function portsOf(database: Database): Promise<number[]> {
	const allBegan = Promise.withResolvers<void>()
	let began = 0
	const ports = Array.from({ length: sessions }, () =>
		database.transaction(async ({ query }) => {
			const [row] = await query<{ port: number }>(portQuery)
			if (++began === sessions) allBegan.resolve()
			await allBegan.promise
			return row!.port
		}),
	)
	return Promise.all(ports)
}
