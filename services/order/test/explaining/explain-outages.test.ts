import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const staff = token('staff', 'orders:manage')

let services: Services
let sku: string
beforeEach(async () => {
	services = await startServices('postgres', { env: { REQUEST_BUDGET_MS: '5000' } })
	sku = await services.catalog.createProduct()
})
afterEach(() => services[Symbol.asyncDispose]())

const explain = async (query: string) => {
	const { status, body } = await services.get(`/v1/explain?${query}`, { token: staff })
	expect(status).toBe(200)
	return body
}

test('an order that was paid while the catalog is down waits for the catalog, and a new one has failed', async () => {
	const { body: order } = await services.place(orderOf(sku))
	await services.catalog.stop()
	const payment = { token: staff, body: { reference: 'payment-1' } }
	expect(await services.request('POST', `/v1/orders/${order.id}/pay`, payment)).toMatchObject({ status: 200 })
	await eventually(async () => {
		const { verdict, sentence, evidence } = await explain(`order=${order.id}`)
		expect(verdict).toBe('waitingForCatalog')
		expect(sentence).toMatch(
			/^Waiting for the catalog: the order was paid on .* There (was|were) \d+ attempts?, and the next is due on .*\. The last error was: ./,
		)
		expect(evidence).toContainEqual({
			at: null,
			source: 'reservation',
			text: 'The catalog did not answer, so it is not known whether it holds stock for the order.',
		})
	})

	const again = { customer: newCustomer(), key: randomUUID() }
	expect(await services.place(orderOf(sku), again)).toMatchObject({ status: 503 })
	await eventually(async () => {
		const { verdict, sentence } = await explain(`key=${again.key}&customerId=${again.customer}`)
		expect(verdict).toBe('failed')
		expect(sentence).toMatch(/^Failed on .*: CATALOG_UNAVAILABLE\. .* it is not known whether it holds stock/)
	})
})

test('an order that was not paid in time is explained as expired', async () => {
	const { body: order } = await services.place(orderOf(sku))
	await using database = await openDatabase(services.orderDatabaseUrl)
	await database.query('update orders set expires_at = clock_timestamp() where id = $1', [order.id])
	await eventually(async () => {
		const { verdict, sentence } = await explain(`order=${order.id}`)
		expect(verdict).toBe('expired')
		expect(sentence).toMatch(/^Expired: it was not paid before .* The customer can place a new order\./)
	})
})

test('requests are answered as before while refusals cannot be written, and the refusals are listed afterwards', async () => {
	const customer = newCustomer()
	await using database = await openDatabase(services.orderDatabaseUrl)
	await database.transaction(async (transaction) => {
		await transaction.query('lock table kept_request in share mode')
		const answers = await Promise.all([
			...Array.from({ length: 20 }, () => services.place(orderOf('no-such-product'), { customer })),
			...Array.from({ length: 20 }, () => services.place(orderOf(sku))),
		])
		expect(answers.map(({ status }) => status)).toEqual([...Array(20).fill(422), ...Array(20).fill(201)])
		expect((await services.get(`/v1/refusals?customerId=${customer}`, { token: staff })).body.refusals).toEqual([])
	})
	await eventually(async () => {
		const { body } = await services.get(`/v1/refusals?customerId=${customer}`, { token: staff })
		expect(body).toMatchObject({ notKept: 0 })
		expect(body.refusals).toHaveLength(20)
	})
})

test('a flood of refusals is counted where it is not kept, and an unknown order may be one of them', async () => {
	const flood = newCustomer()
	for (let round = 0; round < 15; round++) {
		await Promise.all(Array.from({ length: 10 }, () => services.place(orderOf('no-such-product'), { customer: flood })))
	}
	const again = { customer: newCustomer(), key: randomUUID() }
	await services.place(orderOf('no-such-product'), again)
	await eventually(async () => {
		expect((await explain(`key=${again.key}&customerId=${again.customer}`)).verdict).toBe('refused')
		const { body } = await services.get('/v1/refusals', { token: staff })
		expect(body.notKept).toBeGreaterThanOrEqual(49)
	})
	expect((await explain(`order=${randomUUID()}`)).sentence).toMatch(
		/\d+ records of the last day were not kept, because there were too many, and this request may be among them\./,
	)
})

test('a question while the database does not answer is refused, and no promise is left without a handler', async () => {
	const { body: order } = await services.place(orderOf(sku))
	const rejections: unknown[] = []
	const note = (reason: unknown) => void rejections.push(reason)
	process.on('unhandledRejection', note)
	await using database = await openDatabase(services.orderDatabaseUrl)
	await database.transaction(async (transaction) => {
		await transaction.query('lock table kept_request, kept_request_loss in access exclusive mode')
		const paths = [
			`/v1/explain?order=${order.id}`,
			`/v1/explain?trace=${'a'.repeat(32)}`,
			`/v1/explain?key=${randomUUID()}&customerId=ann`,
			'/v1/refusals',
		]
		const answers = await Promise.all(paths.map((path) => services.get(path, { token: staff })))
		expect(answers.filter(({ status }) => status < 503)).toEqual([])
	})
	expect((await explain(`order=${order.id}`)).verdict).toBe('placed')
	process.off('unhandledRejection', note)
	expect(rejections).toEqual([])
})
