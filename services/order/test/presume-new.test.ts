import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { expect, test } from 'vitest'
import { batchPlacing } from '../src/batched-placing.ts'
import { createCatalogClient } from '../src/catalog-client.ts'
import type { OrderRequest } from '../src/order.ts'
import { fingerprintOf, normalizeOrderRequest, orderIdOf } from '../src/order-request.ts'
import { createOrderStore } from '../src/order-store.ts'
import { type PlaceOrderNeeds, placeOrder } from '../src/place-order.ts'
import { type PresumeOptions, presumeNew } from '../src/presume-new.ts'
import { createRequestBudget } from '../src/request-budget.ts'
import { newCustomer, orderOf, type Services, startServices, token } from './start-services.ts'

// So long that the database's clock counts as just read, however slow the machine is.
const requestBudgetMs = 600_000
const paymentWindowMs = 900_000

/** Another replica on the database and the catalog of `services`, and how often it asks them. */
async function openReplica(services: Services, options: Partial<PresumeOptions> = {}) {
	const { maxUnpaidOrders = 0 } = options
	const database = await openDatabase(services.orderDatabaseUrl, { hasFixedPlans: true })
	const store = createOrderStore(database, { maxUnpaidOrders, paymentWindowMs, webhooks: [] })
	const stockToken = token('service:order', 'stock:reserve')
	const catalog = createCatalogClient({ clients: services.catalog, token: () => stockToken, requestBudgetMs })
	const placing = batchPlacing({ ...store, ...catalog }, setImmediate)
	const counts = { lookUps: 0, calls: 0 }
	const needs: PlaceOrderNeeds = {
		...presumeNew(
			{
				...placing,
				lookUpOrder(...asked) {
					counts.lookUps++
					return placing.lookUpOrder(...asked)
				},
				reserveStock(...asked) {
					counts.calls++
					return placing.reserveStock(...asked)
				},
			},
			{ maxUnpaidOrders, requestBudgetMs, ...options },
		),
		paymentWindowMs,
		requestBudgetMs,
	}
	const place = placeOrder(needs)
	return {
		async place(body: OrderRequest, { customer = newCustomer(), key = randomUUID() } = {}) {
			const request = normalizeOrderRequest(body)
			return place(
				{
					id: orderIdOf(customer, key),
					customerId: customer,
					idempotencyKey: key,
					fingerprint: fingerprintOf(request),
					request,
				},
				createRequestBudget(performance.now(), requestBudgetMs, new AbortController().signal),
			)
		},
		/** What was asked since the last time. */
		asked() {
			const asked = { ...counts }
			Object.assign(counts, { lookUps: 0, calls: 0 })
			return asked
		},
		[Symbol.asyncDispose]: () => database.close(),
	}
}

const again = () => ({ customer: newCustomer(), key: randomUUID() })

test('a new order is not looked up once the database and the catalog have answered', async () => {
	await using services = await startServices('postgres')
	const sku = await services.createProduct()
	await using replica = await openReplica(services)
	await replica.place(orderOf(sku))
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })

	const { order, replayed } = await replica.place(orderOf(sku))
	expect(replica.asked()).toEqual({ lookUps: 0, calls: 1 })
	expect(replayed).toBe(false)
	expect(order.expiresAt.getTime() - order.placedAt.getTime()).toBe(paymentWindowMs)
	expect(await services.stockOf(sku)).toMatchObject({ held: 2 })
})

test('a request that was seen before is looked up, and the catalog is not asked for its order', async () => {
	await using services = await startServices('postgres')
	const sku = await services.createProduct()
	await using replica = await openReplica(services)
	await replica.place(orderOf(sku))
	const copy = again()
	const { order } = await replica.place(orderOf(sku), copy)
	replica.asked()
	expect(await replica.place(orderOf(sku), copy)).toMatchObject({ order, replayed: true })
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 0 })
})

test('every order is looked up while the database’s clock was read too long ago', async () => {
	await using services = await startServices('postgres')
	const sku = await services.createProduct()
	await using replica = await openReplica(services, { requestBudgetMs: -1 })
	await replica.place(orderOf(sku))
	await replica.place(orderOf(sku))
	expect(replica.asked()).toEqual({ lookUps: 2, calls: 2 })
})

test('an order that another replica placed is answered as it is, whatever became of its products', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services)
	const sku = await services.createProduct()
	const expectReplay = async (copy: ReturnType<typeof again>, body: OrderRequest, status: string) => {
		await replica.place(orderOf(sku))
		replica.asked()
		const { order, replayed } = await replica.place(body, copy)
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
		expect([order.id, order.status, replayed]).toEqual([orderIdOf(copy.customer, copy.key), status, true])
	}

	const [sold, cancelled] = [again(), again()]
	const lastPiece = orderOf(await services.createProduct({ onHand: 1 }))
	await services.place(lastPiece, sold)
	await services.archiveProduct(lastPiece.items[0]?.sku as string)
	await expectReplay(sold, lastPiece, 'placed')
	await expect(replica.place(orderOf(sku), sold)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
	await expect(replica.place({ ...lastPiece, reference: 'other' }, sold)).rejects.toMatchObject({
		code: 'IDEMPOTENCY_KEY_REUSED',
	})

	const { body } = await services.place(orderOf(sku), cancelled)
	const options = { token: token(cancelled.customer) }
	expect(await services.request('POST', `/v1/orders/${body.id}/cancel`, options)).toMatchObject({ status: 200 })
	await expectReplay(cancelled, orderOf(sku), 'cancelled')
})

test('another body under the key of an order that another replica placed is refused at once', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services)
	const sku = await services.createProduct()
	for (const other of [{ items: [{ sku, quantity: 2 }] }, orderOf('NONE'), { ...orderOf(sku), reference: 'other' }]) {
		const copy = again()
		await services.place(orderOf(sku), copy)
		await replica.place(orderOf(sku))
		await expect(replica.place(other, copy)).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
	}
})

test('an order that is there is answered while the catalog is down, at first after asking it, then without', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services)
	const sku = await services.createProduct()
	const copies = [again(), again()] as const
	for (const copy of copies) await services.place(orderOf(sku), copy)
	await replica.place(orderOf(sku))
	await services.stopCatalog()

	replica.asked()
	expect(await replica.place(orderOf(sku), copies[0])).toMatchObject({ replayed: true })
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
	expect(await replica.place(orderOf(sku), copies[1])).toMatchObject({ replayed: true })
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 0 })
	await expect(replica.place(orderOf(sku))).rejects.toMatchObject({ code: 'CATALOG_UNAVAILABLE' })
})

test('what the catalog answered is told where the order cannot be looked up afterwards', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services)
	await using database = await openDatabase(services.orderDatabaseUrl)
	await replica.place(orderOf(await services.createProduct()))
	await database.query('alter table orders rename to moved')
	await expect(replica.place(orderOf('NONE'))).rejects.toMatchObject({ code: 'UNKNOWN_PRODUCT' })
})

test.each([1, 2, 10, 25])('nothing is held for a customer beyond a limit of %i unpaid orders', async (limit) => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services, { maxUnpaidOrders: limit })
	const sku = await services.createProduct()
	const customer = newCustomer()
	await replica.place(orderOf(sku))
	replica.asked()
	for (let count = 0; count < limit; count++) await replica.place(orderOf(sku), { customer })
	const { lookUps } = replica.asked()
	if (limit < 10) expect(lookUps).toBe(limit)
	else expect(lookUps).toBeLessThan(limit)
	for (let count = 0; count < 3; count++) {
		await expect(replica.place(orderOf(sku), { customer })).rejects.toMatchObject({ code: 'TOO_MANY_UNPAID_ORDERS' })
	}
	expect(replica.asked()).toEqual({ lookUps: 3, calls: 0 })
	expect(await services.stockOf(sku)).toMatchObject({ held: limit + 1 })
})

test('a customer with little room left is looked up before each order', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services, { maxUnpaidOrders: 10 })
	const sku = await services.createProduct()
	const customer = newCustomer()
	for (let count = 0; count < 9; count++) await services.place(orderOf(sku), { customer })
	await replica.place(orderOf(sku), { customer })
	replica.asked()
	await expect(replica.place(orderOf(sku), { customer })).rejects.toMatchObject({ code: 'TOO_MANY_UNPAID_ORDERS' })
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 0 })
})

test('orders of one customer that were looked up together leave no room for one that is not', async () => {
	await using services = await startServices('postgres')
	await using replica = await openReplica(services, { maxUnpaidOrders: 40 })
	const sku = await services.createProduct()
	const customer = newCustomer()
	await replica.place(orderOf(sku))
	await Promise.all(Array.from({ length: 6 }, () => replica.place(orderOf(sku), { customer })))
	replica.asked()
	await replica.place(orderOf(sku), { customer })
	expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
})
