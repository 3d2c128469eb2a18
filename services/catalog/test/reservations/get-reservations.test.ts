import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, tokenFor } from '../start-catalog.ts'

describe.each(engines)('the reservations of some orders on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const stock = inventoryCalls(catalog)

	test('are read in the order asked for, each with its state, and unknown orders are left out', async () => {
		const sku = await stock.stocked(100, 250)
		const line = { sku, title: 'Stoneware mug', quantity: 2, unitPrice: { currencyCode: 'EUR', amountMinor: 250 } }
		const priced = { lines: [line], total: { currencyCode: 'EUR', amountMinor: 500 } }
		const [held, sold, returned, released, runOut] = Array.from({ length: 5 }, () => reservationOf({ [sku]: 2 }))
		const expired = { ...runOut, holdDuration: { seconds: 1 } } as NonNullable<typeof runOut>
		for (const order of [held, sold, returned, released, expired]) await stock.reserve(order as typeof expired)
		const id = (order: typeof held) => (order as typeof expired).orderId
		const neverReserved = randomUUID()
		await stock.commit(id(sold), id(returned))
		await stock.release(id(returned), id(released), neverReserved)
		await eventually(
			async () =>
				expect(await stock.reservations([id(expired)])).toMatchObject([{ state: 'RESERVATION_STATE_EXPIRED' }]),
			{ interval: 100 },
		)

		const unknown = randomUUID()
		const asked = [id(expired), unknown, id(held), id(sold), id(returned), id(released), neverReserved, id(held)]
		expect(await stock.reservations(asked)).toMatchObject([
			{ orderId: id(expired), state: 'RESERVATION_STATE_EXPIRED', ...priced },
			{ orderId: id(held), state: 'RESERVATION_STATE_HELD', ...priced },
			{ orderId: id(sold), state: 'RESERVATION_STATE_COMMITTED', ...priced },
			{ orderId: id(returned), state: 'RESERVATION_STATE_RELEASED', ...priced },
			{ orderId: id(released), state: 'RESERVATION_STATE_RELEASED', ...priced },
			{ orderId: neverReserved, state: 'RESERVATION_STATE_RELEASED', lines: [], total: null, expireTime: null },
			{ orderId: id(held), state: 'RESERVATION_STATE_HELD', ...priced },
		])
		expect(await stock.reservations([unknown])).toEqual([])
	})

	test('tell when a hold was made, when it changed last and when it ends', async () => {
		const sku = await stock.stocked(1)
		const order = reservationOf({ [sku]: 1 }, { holdS: 600 })
		const read = async () => {
			const [{ createTime, updateTime, expireTime } = {}] = await stock.reservations([order.orderId])
			return [createTime, updateTime, expireTime].map((time) => (time ? millisecondsOf(time) : Number.NaN))
		}
		await stock.reserve(order)
		const [made, , end] = (await read()) as [number, number, number]
		expect(end - made).toBeGreaterThan(599_000)
		expect(end - made).toBeLessThan(610_000)
		await stock.commit(order.orderId)
		const [madeStill, changed, endStill] = (await read()) as [number, number, number]
		expect([madeStill, endStill]).toEqual([made, end])
		expect(changed).toBeGreaterThanOrEqual(made)
	})

	test('are not changed by being read', async () => {
		const sku = await stock.stocked(3)
		const order = reservationOf({ [sku]: 2 })
		await stock.reserve(order)
		const first = await stock.reservations([order.orderId])
		expect(await stock.reservations([order.orderId])).toEqual(first)
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 3, held: 2 }])
	})

	test('are refused for no order, for more than 256 and for an id that is no UUID', async () => {
		const invalid = (field: string) => ({
			code: status.INVALID_ARGUMENT,
			reason: 'INVALID_REQUEST',
			fieldViolations: [{ field }],
		})
		expect(await errorOf(stock.reservations([]))).toMatchObject(invalid('order_ids'))
		expect(await errorOf(stock.reservations(Array(257).fill(randomUUID())))).toMatchObject(invalid('order_ids'))
		expect(await errorOf(stock.reservations([randomUUID(), 'x']))).toMatchObject(invalid('order_ids[1]'))
		expect(await stock.reservations(Array(256).fill(randomUUID()))).toEqual([])
	})

	test('need the scope stock:reserve or catalog:write', async () => {
		const orderIds = [randomUUID()]
		expect(await stock.reservations(orderIds, tokenFor('stock:reserve'))).toEqual([])
		expect(await stock.reservations(orderIds, tokenFor('catalog:write'))).toEqual([])
		expect(await errorOf(stock.reservations(orderIds, tokenFor('orders:manage')))).toMatchObject({
			code: status.PERMISSION_DENIED,
			reason: 'SCOPE_MISSING',
			text: 'the token lacks the scope stock:reserve or catalog:write',
			metadata: { scope: 'stock:reserve,catalog:write' },
		})
		expect(await errorOf(stock.reservations(orderIds, ''))).toMatchObject({ code: status.UNAUTHENTICATED })
	})
})
