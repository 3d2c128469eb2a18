import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import type { OrderRequest } from '@mercat/order-api/order-request'
import { createBudget } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { describe, expect, test } from 'vitest'
import { createCatalogClient } from '../../src/catalog/catalog-client.ts'
import { orderIdOf } from '../../src/order/order-id.ts'
import { batchPlacing } from '../../src/placing/batched-placing.ts'
import { placeOrderCommand } from '../../src/placing/order-request.ts'
import { type OrderWrite, placeOrder } from '../../src/placing/place-order.ts'
import { presumeNew } from '../../src/placing/presume-new.ts'
import { storesOn } from '../open-stores.ts'
import { newCustomer, orderOf, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'

const paymentWindowMs = 900_000
const staff = token('staff', 'orders:manage')

// So long that the last order counts as just written on a slow machine, too.
const requestBudgetMs = 600_000

type ReplicaOptions = { maxUnpaidOrders?: number; budgetMs?: number }

/** Another replica on the database and the catalog of `services`, which counts its look-ups and its calls. */
async function openReplica(services: Services, options: ReplicaOptions = {}) {
	const { maxUnpaidOrders = 0, budgetMs = requestBudgetMs } = options
	const database = await openDatabase(services.orderDatabaseUrl, { hasFixedPlans: true })
	const { placingStore } = storesOn(database, { maxUnpaidOrders, paymentWindowMs })
	const stockToken = token('service:order', 'stock:reserve')
	const catalog = createCatalogClient({
		clients: services.catalog.clients,
		token: () => stockToken,
		requestBudgetMs: budgetMs,
	})
	const placing = batchPlacing({
		inTurn: setImmediate,
		lookUpOrders: placingStore.lookUpOrders,
		reserveStock: catalog.reserveStock,
		insertOrders: placingStore.insertOrders,
	})
	let asked = { lookUps: 0, calls: 0 }
	let catalogIsHeldUp = Promise.resolve()
	const writes: OrderWrite[] = []
	const counted: typeof placing = {
		lookUpOrder(...args) {
			asked.lookUps++
			return placing.lookUpOrder(...args)
		},
		async reserveStock(...args) {
			asked.calls++
			await catalogIsHeldUp
			return placing.reserveStock(...args)
		},
		insertOrder(write, budget) {
			writes.push(write)
			return placing.insertOrder(write, budget)
		},
	}
	const presuming = presumeNew(counted, { maxUnpaidOrders, requestBudgetMs: budgetMs, paymentWindowMs })
	const place = placeOrder({ ...presuming, paymentWindowMs, requestBudgetMs: budgetMs })
	return {
		database,
		writes,
		place(body: OrderRequest, { customer, key } = again()) {
			const budget = createBudget(budgetMs)
			return place(placeOrderCommand(customer, key, body), budget)
		},
		peek: () => asked,
		/** The look-ups and calls since the last time. */
		asked() {
			const before = asked
			asked = { lookUps: 0, calls: 0 }
			return before
		},
		/** Holds all calls to the catalog until the returned function is called. */
		holdUpCatalog(): () => void {
			const { promise, resolve } = Promise.withResolvers<void>()
			catalogIsHeldUp = promise
			return resolve
		},
		[Symbol.asyncDispose]: () => database.close(),
	}
}

const again = () => ({ customer: newCustomer(), key: randomUUID() })

describe('a new order after another one was written', () => {
	test('a new order is not looked up after another order was written', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await using replica = await openReplica(services)
		const first = await replica.place(orderOf(sku))
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })

		const { order, replayed } = await replica.place(orderOf(sku))
		expect(replica.asked()).toEqual({ lookUps: 0, calls: 1 })
		expect(replayed).toBe(false)
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 2 })
		// Its budget counts from the last reading of the database's clock.
		expect(replica.writes.at(-1)).toMatchObject({
			order: { id: order.id },
			notAfter: first.order.placedAt.getTime() + requestBudgetMs,
		})
	})

	test('a refusal by the catalog needs no look-up, and the next order needs none either', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await using replica = await openReplica(services)
		await replica.place(orderOf(sku))
		replica.asked()
		await expect(replica.place(orderOf('NONE'))).rejects.toMatchObject({ code: 'UNKNOWN_PRODUCT' })
		await replica.place(orderOf(sku))
		expect(replica.asked()).toEqual({ lookUps: 0, calls: 2 })
	})

	test('orders are looked up after the database failed, so that they hold no stock while it is down', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await using replica = await openReplica(services)
		await replica.place(orderOf(sku))
		replica.asked()
		await replica.database.query('alter table orders rename to moved')
		for (let count = 0; count < 5; count++) await expect(replica.place(orderOf(sku))).rejects.toThrow()
		expect(replica.asked()).toEqual({ lookUps: 4, calls: 1 })
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 2 })
	})
})

describe('a wrong presumption', () => {
	test('a copy at the process that placed the order is looked up without a call to the catalog', async () => {
		await using services = await startServices('postgres')
		const sku = await services.catalog.createProduct()
		await using replica = await openReplica(services)
		await replica.place(orderOf(sku))
		const copy = again()
		const { order } = await replica.place(orderOf(sku), copy)
		replica.asked()
		expect(await replica.place(orderOf(sku), copy)).toMatchObject({ order, replayed: true })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 0 })
	})

	test.each([
		['placed', [], []],
		['paid', ['pay'], []],
		['cancelled', ['cancel'], []],
		// The hold of the order has expired in the catalog.
		['placed', [], ["update reservation set state = 'expired'", 'update stock set held = 0']],
	])(
		'an order that is %s is replayed although its product was archived, and its reservation stays as it is',
		async (status, actions, changes) => {
			await using services = await startServices('postgres')
			await using catalog = await openDatabase(services.catalog.databaseUrl)
			const [sku, other] = [await services.catalog.createProduct({ onHand: 5 }), await services.catalog.createProduct()]
			const copy = again()
			const { body } = await services.place(orderOf(sku), copy)
			for (const action of actions) {
				const reference = action === 'pay' ? { reference: 'p' } : {}
				await services.request('POST', `/v1/orders/${body.id}/${action}`, { token: staff, body: reference })
			}
			const read = () => catalog.query('select * from reservation where order_id = $1', [body.id])
			// The relay tells the catalog a little later.
			const expected = { placed: 'held', paid: 'committed', cancelled: 'released' }[status]
			await eventually(async () => expect(await read()).toMatchObject([{ state: expected }]))
			for (const change of changes) await catalog.query(change)
			await services.catalog.archiveProduct(sku)
			const reservation = await read()

			const copies = [
				orderOf(sku),
				{ items: [{ sku, quantity: 2 }] },
				{ ...orderOf(sku), reference: 'x' },
				orderOf('NONE'),
			]
			for (const [index, request] of copies.entries()) {
				await using replica = await openReplica(services)
				await replica.place(orderOf(other))
				replica.asked()
				const placing = replica.place(request, copy)
				if (index === 0) expect(await placing).toMatchObject({ order: { id: body.id, status }, replayed: true })
				else await expect(placing).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' })
				expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
			}
			expect(await read()).toEqual(reservation)
		},
	)

	test('an order that has only a hold is placed with that hold', async () => {
		await using services = await startServices('postgres')
		await using replica = await openReplica(services)
		const [sku, other] = [await services.catalog.createProduct({ onHand: 1 }), await services.catalog.createProduct()]
		const copy = again()
		await services.catalog.hold(orderIdOf(copy.customer, copy.key), sku)
		await replica.place(orderOf(other))
		replica.asked()
		expect(await replica.place(orderOf(sku), copy)).toMatchObject({ order: { status: 'placed' }, replayed: false })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 2 })
		expect(await services.catalog.stockOf(sku)).toMatchObject({ held: 1 })
	})

	test('an order is replayed while the catalog is down, and the next copies need no call to the catalog', async () => {
		await using services = await startServices('postgres')
		await using replica = await openReplica(services)
		const sku = await services.catalog.createProduct()
		const copies = [again(), again()] as const
		for (const copy of copies) await services.place(orderOf(sku), copy)
		await replica.place(orderOf(sku))
		await services.catalog.stop()

		replica.asked()
		expect(await replica.place(orderOf(sku), copies[0])).toMatchObject({ replayed: true })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
		expect(await replica.place(orderOf(sku), copies[1])).toMatchObject({ replayed: true })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 0 })
		await expect(replica.place(orderOf(sku))).rejects.toMatchObject({ code: 'CATALOG_UNAVAILABLE' })
	})

	test('an order is replayed while the catalog does not answer, and a new order is placed when it answers', async () => {
		await using services = await startServices('postgres')
		// Long enough for a slow database. A tenth of it is the patience with the catalog.
		await using replica = await openReplica(services, { budgetMs: 20_000 })
		const sku = await services.catalog.createProduct()
		const copy = again()
		await services.place(orderOf(sku), copy)
		await replica.place(orderOf(sku))
		replica.asked()
		const speak = replica.holdUpCatalog()
		const fresh = replica.place(orderOf(sku))
		expect(await replica.place(orderOf(sku), copy)).toMatchObject({ replayed: true })
		await eventually(() => expect(replica.peek()).toEqual({ lookUps: 2, calls: 2 }))
		speak()
		expect(await fresh).toMatchObject({ order: { status: 'placed' }, replayed: false })
	})
})

describe('the limit of unpaid orders', () => {
	test.each([1, 2, 10, 25])(
		'a customer cannot pass a limit of %i unpaid orders at one process that knows it',
		async (limit) => {
			await using services = await startServices('postgres')
			await using replica = await openReplica(services, { maxUnpaidOrders: limit })
			const sku = await services.catalog.createProduct()
			const customer = newCustomer()
			await replica.place(orderOf(sku))
			replica.asked()
			for (let count = 0; count < limit; count++) await replica.place(orderOf(sku), { ...again(), customer })
			expect(replica.asked().lookUps).toBeLessThan(limit)
			for (let count = 0; count < 3; count++) {
				const placing = replica.place(orderOf(sku), { ...again(), customer })
				await expect(placing).rejects.toMatchObject({ code: 'TOO_MANY_UNPAID_ORDERS' })
			}
			expect(replica.asked()).toEqual({ lookUps: 3, calls: 0 })
			expect(await services.catalog.stockOf(sku)).toMatchObject({ held: limit + 1 })
		},
	)

	test('a customer that a process does not know can place one order beyond the limit there', async () => {
		await using services = await startServices('postgres')
		await using replica = await openReplica(services, { maxUnpaidOrders: 3 })
		const sku = await services.catalog.createProduct()
		const customer = newCustomer()
		for (let count = 0; count < 3; count++) await services.place(orderOf(sku), { customer })
		await replica.place(orderOf(sku))
		await replica.place(orderOf(sku), { ...again(), customer })
		const placing = replica.place(orderOf(sku), { ...again(), customer })
		await expect(placing).rejects.toMatchObject({ code: 'TOO_MANY_UNPAID_ORDERS' })
	})

	test('a customer gets a tenth of its room without a look-up', async () => {
		await using services = await startServices('postgres')
		await using replica = await openReplica(services, { maxUnpaidOrders: 40 })
		const sku = await services.catalog.createProduct()
		const customer = newCustomer()
		await replica.place(orderOf(sku))
		for (let count = 0; count < 9; count++) await services.place(orderOf(sku), { customer })
		replica.asked()
		// One pass without a look-up, then one look-up that finds room for 30, and two orders for a tenth of the other 29.
		for (let count = 0; count < 4; count++) await replica.place(orderOf(sku), { ...again(), customer })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 4 })
		await replica.place(orderOf(sku), { ...again(), customer })
		expect(replica.asked()).toEqual({ lookUps: 1, calls: 1 })
	})
})
