import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { entriesRead } from '@mercat/testing/index-use'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createMovementStore } from '../../src/stock/movement-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, startTestCatalog, tokenFor, tokenWith, upserts } from '../start-catalog.ts'

describe.each(engines)('the ledger of a product on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const stock = inventoryCalls(catalog)

	test('tells the newest movement first, with kind, cause, reason and who made it', async () => {
		const startedAt = Date.now()
		const sku = await stock.stocked(50)
		const [set, adjust] = [randomUUID(), randomUUID()]
		await stock.setStock(sku, 40, set, 'stocktaking')
		await stock.adjustStock(sku, -3, adjust, 'three mugs are lost')
		const order = reservationOf({ [sku]: 2 })
		await stock.reserve(order)
		await stock.commit(order.orderId)
		await stock.release(order.orderId)

		const movements = await stock.movements(sku)
		const byOrder = { cause: order.orderId, orderId: order.orderId, reason: '', who: 'tester' }
		expect(movements.map(({ createTime, ...movement }) => movement)).toEqual([
			{ kind: 'STOCK_MOVEMENT_KIND_RETURN', delta: 2, ...byOrder },
			{ kind: 'STOCK_MOVEMENT_KIND_COMMIT', delta: -2, ...byOrder },
			{
				kind: 'STOCK_MOVEMENT_KIND_ADJUST',
				delta: -3,
				cause: adjust,
				orderId: '',
				reason: 'three mugs are lost',
				who: 'tester',
			},
			{
				kind: 'STOCK_MOVEMENT_KIND_SET',
				delta: -10,
				cause: set,
				orderId: '',
				reason: 'stocktaking',
				who: 'tester',
			},
			{
				kind: 'STOCK_MOVEMENT_KIND_SET',
				delta: 50,
				cause: expect.stringMatching(/./),
				orderId: '',
				reason: 'import',
				who: 'tester',
			},
		])
		for (const { createTime } of movements) {
			expect(createTime && millisecondsOf(createTime)).toBeGreaterThanOrEqual(startedAt - 1)
		}
	})

	test('names the subject of each token: who set, who adjusted, who imported and who sold', async () => {
		const sku = `SKU-${randomUUID()}`
		const tokenOf = (sub: string, scope: string) => tokenWith({ sub, scope })
		await catalog.import([{ upserts: upserts([product({ sku })], 9) }], tokenOf('supplier', 'catalog:write'))
		const warehouse = inventoryCalls(catalog, { writer: tokenOf('warehouse', 'catalog:write') })
		const clerk = inventoryCalls(catalog, { writer: tokenOf('clerk', 'catalog:write') })
		const shop = inventoryCalls(catalog, { reserver: tokenOf('service:shop', 'stock:reserve') })
		await warehouse.setStock(sku, 8)
		await clerk.adjustStock(sku, 1)
		const order = reservationOf({ [sku]: 2 })
		await shop.reserve(order)
		await shop.commit(order.orderId)
		const who = (await stock.movements(sku)).map((movement) => movement.who)
		expect(who).toEqual(['service:shop', 'clerk', 'warehouse', 'supplier'])
	})

	test('has one movement for a request that was sent twice, and the answer says that it was repeated', async () => {
		const sku = await stock.stocked(5)
		const id = randomUUID()
		expect(await stock.adjust({ sku, delta: -2, requestId: id })).toMatchObject({ repeatedRequest: false })
		expect(await stock.adjust({ sku, delta: -2, requestId: id })).toMatchObject({
			level: { onHand: 3 },
			repeatedRequest: true,
		})
		expect(await stock.set({ sku, onHand: 7, requestId: id })).toMatchObject({ repeatedRequest: false })
		expect(await stock.set({ sku, onHand: 7, requestId: id })).toMatchObject({ repeatedRequest: true })
		expect((await stock.movements(sku)).map(({ delta }) => delta)).toEqual([4, -2, 5])
	})

	test('is read in pages that have each movement once, also while new movements are made', async () => {
		const sku = await stock.stocked(1)
		for (let delta = 1; delta < 250; delta++) await stock.adjustStock(sku, delta)
		const deltas: number[] = []
		let pages = 0
		let pageToken = ''
		do {
			const page = await stock.listMovements({ sku, pageSize: 100, pageToken })
			deltas.push(...page.movements.map(({ delta }) => delta))
			pageToken = page.nextPageToken
			pages++
			await stock.adjustStock(sku, 1_000)
		} while (pageToken !== '')
		expect(deltas).toEqual([...Array.from({ length: 249 }, (_, index) => 249 - index), 1])
		expect(pages).toBe(3)
	})

	test('has pages of 20 unless asked otherwise, and of 100 at most', async () => {
		const sku = await stock.stocked(1)
		for (let count = 1; count < 100; count++) await stock.adjustStock(sku, 1)
		const lengths = await Promise.all(
			[0, 1, 20, 99, 100, 101, 1_000].map(async (pageSize) => {
				const { movements, nextPageToken } = await stock.listMovements({ sku, pageSize })
				return [pageSize, movements.length, nextPageToken !== '']
			}),
		)
		expect(lengths).toEqual([
			[0, 20, true],
			[1, 1, true],
			[20, 20, true],
			[99, 99, true],
			[100, 100, false],
			[101, 100, false],
			[1_000, 100, false],
		])
	})

	test('is empty for a product that never had stock, and NOT_FOUND without a product', async () => {
		const sku = `SKU-${randomUUID()}`
		await catalog.create(product({ sku }))
		expect(await stock.listMovements({ sku })).toEqual({ movements: [], nextPageToken: '' })
		expect(await errorOf(stock.listMovements({ sku: 'no' }))).toMatchObject({
			code: status.NOT_FOUND,
			reason: 'PRODUCT_NOT_FOUND',
			metadata: { skus: 'no' },
		})
	})

	test('is refused for an invalid sku, a negative page size and a page token of another product', async () => {
		const [sku, other] = [await stock.stocked(1), await stock.stocked(1)]
		await stock.adjustStock(sku, 1)
		const { nextPageToken: pageToken } = await stock.listMovements({ sku, pageSize: 1 })
		const invalid = { code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' }
		const tokenInvalid = { code: status.INVALID_ARGUMENT, reason: 'PAGE_TOKEN_INVALID' }
		expect(await errorOf(stock.listMovements({ sku: 'a b' }))).toMatchObject({
			...invalid,
			fieldViolations: [{ field: 'sku' }],
		})
		expect(await errorOf(stock.listMovements({ sku, pageSize: -1 }))).toMatchObject({
			...invalid,
			fieldViolations: [{ field: 'page_size', description: 'must not be negative' }],
		})
		expect(await errorOf(stock.listMovements({ sku: other, pageToken }))).toMatchObject(tokenInvalid)
		expect(await errorOf(stock.listMovements({ sku, pageToken: `${pageToken}A` }))).toMatchObject(tokenInvalid)
		expect((await stock.listMovements({ sku, pageToken })).movements).toHaveLength(1)
	})

	test('needs the scope catalog:write', async () => {
		const sku = await stock.stocked(1)
		expect(await errorOf(stock.listMovements({ sku }, tokenFor('stock:reserve')))).toMatchObject({
			code: status.PERMISSION_DENIED,
			reason: 'SCOPE_MISSING',
			text: 'the token lacks the scope catalog:write',
		})
		expect(await errorOf(stock.listMovements({ sku }, ''))).toMatchObject({ code: status.UNAUTHENTICATED })
	})
})

test('two changes of a product at the same moment have an order, and each tells the true quantity before it', async () => {
	await using catalog = await startTestCatalog('postgres')
	await using replica = await catalog.startReplica()
	const [one, other] = [inventoryCalls(catalog), inventoryCalls(replica)]
	const sku = await one.stocked(0)
	const targets = Array.from({ length: 40 }, (_, index) => 40 - index)
	await Promise.all(targets.map((onHand, index) => (index % 2 ? one : other).setStock(sku, onHand)))
	const { movements } = await one.listMovements({ sku, pageSize: 100 })
	// Each delta comes of the quantity that the movement before it left: only in the true order every sum is a target.
	const sums: number[] = []
	for (const { delta } of movements.toReversed()) sums.push((sums.at(-1) ?? 0) + delta)
	expect(sums.slice(-40).toSorted((a, b) => a - b)).toEqual(targets.toReversed())
})

test('many movements of one moment are read in pages that have each of them once', async () => {
	await using catalog = await startTestCatalog('postgres')
	const stock = inventoryCalls(catalog)
	const sku = await stock.stocked(1_000)
	const orders = Array.from({ length: 230 }, () => reservationOf({ [sku]: 1 }))
	await stock.reserveAll(orders)
	await stock.commit(...orders.map(({ orderId }) => orderId))
	await stock.adjustStock(sku, 1)
	const causes: string[] = []
	let pageToken = ''
	do {
		const page = await stock.listMovements({ sku, pageSize: 50, pageToken })
		causes.push(...page.movements.filter(({ orderId }) => orderId !== '').map(({ cause }) => cause))
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	expect(causes.toSorted()).toEqual(orders.map(({ orderId }) => orderId).toSorted())
})

test('a page reads no movement of another product, and none that is older than it', async () => {
	const skus = ['A', 'B']
	await using database = await openCatalogDatabase('postgres', skus)
	await database.query(
		`insert into stock_movement (sku, kind, cause, delta, created_at)
		select sku, 'commit', gen_random_uuid()::text, 0, now() - number * interval '1 second'
		from stock, generate_series(1, 1000) as number`,
	)
	// As the server does by itself for a table that has grown.
	await database.query('analyze stock_movement')
	const movements = await createMovementStore(database).listMovements({ sku: 'A', after: undefined, size: 21 })
	expect(movements).toHaveLength(21)
	expect(await entriesRead(database, 'stock_movement_newest')).toBeLessThanOrEqual(22)
})
