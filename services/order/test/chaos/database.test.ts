import { openDatabase } from '@mercat/database/database'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BusyShop, openBusyShop, type Trouble } from './shop/busy-shop.ts'
import { type Cluster, startCluster } from './shop/cluster.ts'

let server: PostgresServer
let cluster: Cluster
beforeAll(async () => {
	server = await startPostgresServer()
	cluster = await startCluster({
		engine: 'postgres',
		databaseUrls: { catalog: await createDatabase('catalog'), order: await createDatabase('orders') },
	})
})
afterAll(async () => {
	await cluster?.[Symbol.asyncDispose]()
	await server?.[Symbol.asyncDispose]()
})

const customers = 8
const recoveryMs = 5_000

test('orders are placed again within 5 s after PostgreSQL was stopped or crashed and is back', async () => {
	const pids = processIds()
	const shop = await openBusyShop(cluster, customers)
	for (const mode of ['fast', 'immediate', 'fast', 'immediate'] as const) {
		await shop.answered(20)
		await server.stop(mode)
		await shop.troubled(customers)
		await server.start()
		const backAt = performance.now()
		await shop.answered(1)
		expect(performance.now() - backAt).toBeLessThan(recoveryMs)
	}
	await shop.answered(20)
	await expectSound(shop)
	expect(processIds()).toEqual(pids)
})

test('orders are placed while connections to PostgreSQL are cut', async () => {
	const pids = processIds()
	const shop = await openBusyShop(cluster, customers)
	await using administration = await openDatabase(server.url)
	for (let time = 0; time < 20; time++) {
		const cut = await administration.query(
			"select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'mercat-%'",
		)
		expect(cut.length).toBeGreaterThan(0)
		await shop.answered(10)
	}
	await expectSound(shop)
	expect(processIds()).toEqual(pids)
})

test('orders are placed while transactions fail with 40001 and 40P01', async () => {
	const shop = await openBusyShop(cluster, customers)
	const tables = { catalog: ['reservation', 'stock'], order: ['orders', 'outbox'] }
	for (const service of ['catalog', 'order'] as const) {
		await using database = await openDatabase(cluster.urls[service])
		await database.query(failSometimes)
		for (const table of tables[service]) await database.query(failOnWritesTo(table))
	}
	await shop.answered(200)
	for (const service of ['catalog', 'order'] as const) {
		await using database = await openDatabase(cluster.urls[service])
		await database.query('drop function fail_sometimes cascade')
	}
	await expectSound(shop)
})

/** Expects that every error told the client what to do, and that the clients and the databases agree on every order. */
async function expectSound(shop: BusyShop): Promise<void> {
	expect(await shop.close()).toEqual([])
	expect(shop.troubles.filter((trouble) => !isClear(trouble))).toEqual([])
	expect(await cluster.audit()).toMatchObject({ exitCode: 0 })
}

const clearCodes: Record<number, string[]> = {
	503: ['DATABASE_UNAVAILABLE', 'CATALOG_UNAVAILABLE', 'OVERLOADED'],
	504: ['CATALOG_TIMEOUT', 'REQUEST_TIMEOUT'],
}

function isClear({ status, code = '', retryAfter }: Trouble): boolean {
	return clearCodes[status]?.includes(code) === true && (status !== 503 || Number(retryAfter) > 0)
}

function processIds(): (number | undefined)[] {
	return [...cluster.catalogs, ...cluster.orders].map(({ pid }) => pid)
}

async function createDatabase(name: string): Promise<string> {
	await using database = await openDatabase(server.url)
	await database.query(`create database ${name}`)
	const url = new URL(server.url)
	url.pathname = `/${name}`
	return url.href
}

const failSometimes = `
	create function fail_sometimes() returns trigger language plpgsql as $$
	begin
		if random() < 0.2 then
			raise exception 'on purpose' using errcode = case when random() < 0.5 then '40001' else '40P01' end;
		end if;
		return null;
	end $$`

function failOnWritesTo(table: string): string {
	return `create trigger fail_sometimes after insert or update on ${table} for each statement execute function fail_sometimes()`
}
