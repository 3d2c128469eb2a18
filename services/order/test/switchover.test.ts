import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { startMovingAddress } from '@mercat/testing/moving-address'
import { type PostgresServer, startPostgresServer } from '@mercat/testing/postgres-server'
import { expect, test } from 'vitest'
import type { Answer } from './check-answer.ts'
import { orderOf, type Services, startServices } from './start-services.ts'
import { token } from './tokens.ts'

// Orders are due within 5 s after the new primary can be reached.
const recovery = { timeout: 5_000, interval: 50 }
const env = { REQUEST_BUDGET_MS: '5000' }

test.each([
	['order', 'one address that moves'],
	['catalog', 'all servers'],
] as const)(
	'while the primary of the %s database is switched over, whose URL has %s, orders get 201 or 503, and none is lost',
	async (moved, named) => {
		await using primary = await startPostgresServer()
		const url = await createDatabase(primary)
		await using standby = await primary.startStandby()
		await using address = await startMovingAddress(primary.url)
		const databaseUrl = named === 'all servers' ? urlOfBoth(url, standby) : address.of(url)
		await using services = await startServices('postgres', {
			env,
			...(moved === 'order' ? { databaseUrl } : { catalogDatabaseUrl: databaseUrl }),
		})
		const sku = await services.catalog.createProduct()
		await using customers = startCustomers(services, sku)
		await eventually(() => expect(customers.last()?.status).toBe(201))
		await expectReadiness(services, 200)

		await primary.demote(standby)
		await customers.answered(20)
		await expectReadiness(services, 503)
		expect(customers.last()?.status).toBe(503)

		await standby.promote()
		address.moveTo(standby.url)
		await eventually(() => expect(customers.last()?.status).toBe(201), recovery)
		await expectReadiness(services, 200)
		await customers.answered(20)
		const answers = await customers.leave()
		const code = moved === 'order' ? 'DATABASE_UNAVAILABLE' : 'CATALOG_UNAVAILABLE'
		for (const { status, headers, body } of answers.filter((answer) => answer.status !== 201)) {
			expect({ status, code: body.code, retryAfter: headers.get('retry-after') }).toEqual({
				status: 503,
				code,
				retryAfter: '1',
			})
		}
		const placed = answers.filter(({ status }) => status === 201).map(({ body }) => body.id as string)
		expect(new Set(placed).size).toBe(placed.length)
		const staff = { token: token('staff', 'orders:manage orders:read') }
		for (const id of placed) expect(await services.get(`/v1/orders/${id}`, staff)).toMatchObject({ status: 200 })
	},
)

test('while PostgreSQL only reads, sessions that stay connected give 503, and write again when it does', async () => {
	await using server = await startPostgresServer()
	await using services = await startServices('postgres', { env, databaseUrl: await createDatabase(server) })
	const sku = await services.catalog.createProduct()
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	await using administration = await openDatabase(server.url)
	const setReadOnly = async (value: 'on' | 'off') => {
		await administration.query(`alter system set default_transaction_read_only = ${value}`)
		await administration.query('select pg_reload_conf()')
	}
	await setReadOnly('on')
	await expectReadiness(services, 503)
	const refused = await services.place(orderOf(sku))
	expect(refused).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } })
	expect(refused.headers.get('retry-after')).toBe('1')
	await setReadOnly('off')
	await expectReadiness(services, 200)
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
})

/** Four customers who place one order after another. */
function startCustomers(services: Services, sku: string) {
	const answers: Answer[] = []
	let left = false
	const shopping = Promise.all(
		Array.from({ length: 4 }, async () => {
			while (!left) answers.push(await services.place(orderOf(sku)))
		}),
	)
	shopping.catch(() => {})
	async function leave() {
		left = true
		await shopping
		return answers
	}
	return {
		last: () => answers.at(-1),
		async answered(more: number) {
			const due = answers.length + more
			const enough = eventually(() => expect(answers.length).toBeGreaterThanOrEqual(due))
			await Promise.race([enough, shopping])
		},
		leave,
		async [Symbol.asyncDispose]() {
			await leave()
		},
	}
}

function urlOfBoth(url: string, standby: PostgresServer): string {
	const both = new URL(url)
	both.searchParams.set('target_session_attrs', 'read-write')
	return both.href.replace(both.host, `${new URL(standby.url).host},${both.host}`)
}

function expectReadiness(services: Services, status: number): Promise<void> {
	return eventually(async () => expect(await services.get('/readyz')).toMatchObject({ status }), { interval: 50 })
}

async function createDatabase(server: PostgresServer): Promise<string> {
	await using database = await openDatabase(server.url)
	await database.query('create database shop')
	const url = new URL(server.url)
	url.pathname = '/shop'
	return url.href
}
