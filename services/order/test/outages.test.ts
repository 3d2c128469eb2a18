import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { describe, expect, test } from 'vitest'
import type { Answer } from './check-answer.ts'
import { newCustomer, orderOf, startServices } from './start-services.ts'
import { token } from './tokens.ts'

const budgetMs = 1_000
const env = { REQUEST_BUDGET_MS: String(budgetMs) }
const graceMs = 250

async function timed(answer: Promise<Answer>): Promise<Answer & { tookMs: number }> {
	const startedAt = performance.now()
	return { ...(await answer), tookMs: performance.now() - startedAt }
}

describe('while the catalog is down', () => {
	test('new orders get 503 within the budget while the catalog is down, and known orders are answered', async () => {
		await using services = await startServices('postgres', { env })
		const sku = await services.catalog.createProduct()
		const again = { customer: newCustomer(), key: randomUUID() }
		// The first order of a process may take longer than the budget on a slow machine.
		const placed = await eventually(async () => {
			const answer = await services.place(orderOf(sku), again)
			expect(answer.status).toBe(201)
			return answer
		})
		expect(await services.get('/readyz')).toMatchObject({ status: 200, body: { status: 'ok' } })

		await services.catalog.stop()
		for (const ask of [() => services.place(orderOf(sku)), () => services.get('/v1/products')]) {
			for (const answer of await Promise.all([timed(ask()), timed(ask()), timed(ask())])) {
				expect(answer).toMatchObject({ status: 503, body: { code: 'CATALOG_UNAVAILABLE' } })
				expect(answer.headers.get('retry-after')).toBe('1')
				expect(answer.tookMs).toBeLessThan(budgetMs + graceMs)
			}
		}
		expect(await services.get('/readyz')).toMatchObject({ status: 503, body: { status: 'not ready' } })
		expect(await services.get('/livez')).toMatchObject({ status: 200 })
		expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201, body: placed.body })
		expect(await services.get(`/v1/orders/${placed.body.id}`, { token: token(again.customer) })).toMatchObject({
			status: 200,
		})
	})

	test('orders end within their budget while the catalog accepts connections and never answers', async () => {
		const silent = createServer()
		await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening))
		const sockets = new Set<{ destroy(): void }>()
		silent.on('connection', (socket) => sockets.add(socket.on('error', () => {})))
		try {
			const { port } = silent.address() as { port: number }
			await using services = await startServices('postgres', {
				env: { ...env, CATALOG_ADDRESS: `127.0.0.1:${port}` },
			})
			for (const answer of await Promise.all([
				timed(services.place(orderOf('A'))),
				timed(services.get('/v1/products')),
			])) {
				expect(answer.status).toBeOneOf([503, 504])
				expect(answer.body.code).toBeOneOf(['CATALOG_TIMEOUT', 'CATALOG_UNAVAILABLE', 'REQUEST_TIMEOUT'])
				expect(answer.tookMs).toBeLessThan(budgetMs + graceMs)
			}
			expect(await services.get('/readyz')).toMatchObject({ status: 503 })
		} finally {
			for (const socket of sockets) socket.destroy()
			await new Promise((closed) => silent.close(closed))
		}
	})
})

test('a catalog that refuses the token of the order service is a fault of the server', async () => {
	await using services = await startServices('postgres', { env: { CATALOG_TOKEN: token('service:order', 'none') } })
	const sku = await services.catalog.createProduct()
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 502, body: { code: 'CATALOG_ERROR' } })
})

describe('while the database does not answer', () => {
	test('orders get 503 while the database is down, and are placed when it is back', async () => {
		await using postgres = await startPostgresServer()
		await using services = await startServices('postgres', { env, databaseUrl: postgres.url })
		const sku = await services.catalog.createProduct()
		const again = { customer: newCustomer(), key: randomUUID() }
		await postgres.stop()
		for (const answer of [
			await timed(services.place(orderOf(sku), again)),
			await timed(services.get('/v1/orders', { token: token(again.customer) })),
			await timed(services.get(`/v1/orders/${randomUUID()}`, { token: token(again.customer) })),
		]) {
			expect(answer).toMatchObject({ status: 503, body: { code: 'DATABASE_UNAVAILABLE' } })
			expect(answer.headers.get('retry-after')).toBe('1')
			expect(answer.tookMs).toBeLessThan(budgetMs + graceMs)
		}
		expect(await services.get('/readyz')).toMatchObject({ status: 503 })
		expect(await services.get('/livez')).toMatchObject({ status: 200 })
		expect(await services.get('/v1/products')).toMatchObject({ status: 200 })
		await postgres.start()
		expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 201 })
		expect(await services.get('/readyz')).toMatchObject({ status: 200 })
	})

	test('requests end with their budget while the table of orders is locked', async () => {
		await using services = await startServices('postgres', { env: { REQUEST_BUDGET_MS: '400' } })
		const sku = await services.catalog.createProduct()
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.transaction(async (transaction) => {
			await transaction.query('lock table orders in access exclusive mode')
			const answers = await Promise.all([
				timed(services.place(orderOf(sku))),
				timed(services.get('/v1/orders', { token: token(newCustomer()) })),
			])
			for (const answer of answers) {
				expect(answer).toMatchObject({ status: 504, body: { code: 'REQUEST_TIMEOUT' } })
				expect(answer.tookMs).toBeLessThan(400 + graceMs)
			}
		})
		expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	})

	test('the answer to an unexpected error of the database tells nothing about it', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await using database = await openDatabase(services.orderDatabaseUrl)
		await database.query('alter table orders rename to moved')
		for (const { status, body } of [
			await services.place(orderOf(sku)),
			await services.get('/v1/orders', { token: token(newCustomer()) }),
		]) {
			expect(status).toBe(500)
			expect(body).toEqual({
				type: '/problems/internal',
				title: 'An unexpected error',
				status: 500,
				detail: 'An unexpected error; it has been logged under this trace id.',
				instance: '/v1/orders',
				code: 'INTERNAL',
				traceId: body.traceId,
			})
		}
		await database.query('alter table moved rename to orders')
		expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
	})
})

test('an announced shutdown ends readiness, and every request is still served', async () => {
	await using services = await startServices('postgres')
	const sku = await services.catalog.createProduct()
	services.announceShutdown()
	expect(await services.get('/readyz')).toMatchObject({ status: 503 })
	expect(await services.get('/livez')).toMatchObject({ status: 200 })
	expect(await services.place(orderOf(sku))).toMatchObject({ status: 201 })
})
