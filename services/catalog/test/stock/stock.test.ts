import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { inventoryCalls, reservationOf } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, startTestCatalog, tokenFor } from '../start-catalog.ts'

describe.each(engines)('the stock on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const stock = inventoryCalls(catalog)

	test('is set or adjusted once per request id', async () => {
		const sku = await stock.stocked(5)
		const [set, adjust] = [randomUUID(), randomUUID()]
		expect(await stock.setStock(sku, 8, set)).toMatchObject({ onHand: 8, held: 0, available: 8 })
		expect(await stock.adjustStock(sku, -3, adjust, 'breakage')).toMatchObject({ onHand: 5 })
		expect(await stock.adjustStock(sku, -3, adjust, 'breakage')).toMatchObject({ onHand: 5 })
		expect(await stock.setStock(sku, 8, set)).toMatchObject({ onHand: 5 })
		expect(await stock.adjustStock(sku, -3)).toMatchObject({ onHand: 2 })
	})

	test('is set and adjusted with one request id, which is remembered for each method and sku', async () => {
		const [sku, other, id] = [await stock.stocked(5), await stock.stocked(5), randomUUID()]
		expect(await stock.setStock(sku, 8, id)).toMatchObject({ onHand: 8 })
		expect(await stock.adjustStock(sku, 1, id)).toMatchObject({ onHand: 9 })
		expect(await stock.adjustStock(sku, 2, id)).toMatchObject({ onHand: 9 })
		expect(await stock.adjustStock(other, 1, id)).toMatchObject({ onHand: 6 })
	})

	test('never goes below the held quantity', async () => {
		const sku = await stock.stocked(5)
		await stock.reserve(reservationOf({ [sku]: 3 }))
		const held = { code: status.FAILED_PRECONDITION, reason: 'STOCK_HELD', metadata: { sku, held: '3' } }
		expect(await errorOf(stock.setStock(sku, 2))).toMatchObject(held)
		expect(await errorOf(stock.adjustStock(sku, -3))).toMatchObject(held)
		expect(await stock.setStock(sku, 3)).toMatchObject({ onHand: 3, held: 3, available: 0 })
	})

	test('is NOT_FOUND for unknown products, and the error names each of them', async () => {
		const sku = await stock.stocked(1)
		const missing = { code: status.NOT_FOUND, reason: 'PRODUCT_NOT_FOUND', metadata: { skus: 'no,nor' } }
		expect(await errorOf(stock.levels('no', sku, 'nor'))).toMatchObject(missing)
		expect(await errorOf(stock.setStock('no', 1))).toMatchObject({ ...missing, metadata: { skus: 'no' } })
	})

	test('does not change when a request is invalid', async () => {
		const sku = await stock.stocked(5)
		const invalid = { code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' }
		expect(await errorOf(stock.setStock(sku, -1))).toMatchObject(invalid)
		expect(await errorOf(stock.setStock(sku, 2 ** 53))).toMatchObject(invalid)
		expect(await errorOf(stock.adjustStock(sku, Number.MAX_SAFE_INTEGER))).toMatchObject(invalid)
		expect(await errorOf(stock.adjustStock(sku, 1, '', 'a\u0000b'))).toMatchObject(invalid)
		expect(await errorOf(stock.setStock(sku, 1, 'x'.repeat(129)))).toMatchObject(invalid)
		expect(await errorOf(stock.setStock(sku, 1, '', 'x'.repeat(201)))).toMatchObject(invalid)
		expect(await errorOf(stock.levels())).toMatchObject(invalid)
		expect(await errorOf(stock.levels(...Array(101).fill(sku)))).toMatchObject(invalid)
		expect(await stock.levels(sku)).toMatchObject([{ onHand: 5 }])
	})

	test('is refused for a malformed sku by every method, and the error names the field', async () => {
		const sku = await stock.stocked(5)
		const invalid = (field: string) => ({
			code: status.INVALID_ARGUMENT,
			reason: 'INVALID_REQUEST',
			fieldViolations: [{ field, description: 'must have 1 to 64 of A-Z a-z 0-9 . _ -' }],
		})
		for (const malformed of ['', 'a b', 'x'.repeat(65), 'A\n']) {
			expect(await errorOf(stock.levels(sku, malformed))).toMatchObject(invalid('skus[1]'))
			expect(await errorOf(stock.setStock(malformed, 1))).toMatchObject(invalid('sku'))
			expect(await errorOf(stock.adjustStock(malformed, 1))).toMatchObject(invalid('sku'))
			const reserve = stock.reserve(reservationOf({ [malformed]: 1 }))
			expect(await errorOf(reserve)).toMatchObject(invalid('reservations[0].lines[0].sku'))
			expect(await errorOf(catalog.get(malformed))).toMatchObject(invalid('sku'))
			expect(await errorOf(catalog.batchGet([sku, malformed]))).toMatchObject(invalid('skus[1]'))
			expect(await errorOf(catalog.archive(malformed))).toMatchObject(invalid('sku'))
			expect(await errorOf(catalog.unarchive(malformed))).toMatchObject(invalid('sku'))
			expect(await errorOf(catalog.create(product({ sku: malformed })))).toMatchObject(invalid('product.sku'))
			expect(await errorOf(catalog.update(product({ sku: malformed })))).toMatchObject(invalid('product.sku'))
		}
	})

	test('is not reserved when a request is invalid, and the error names every field at fault', async () => {
		const sku = await stock.stocked(5)
		const valid = reservationOf({ [sku]: 1 })
		const line = { sku, quantity: 1 }
		const fieldsOf = async (...reservations: (typeof valid)[]) => {
			const { code, reason, fieldViolations } = await errorOf(stock.reserveAll(reservations))
			expect({ code, reason }).toEqual({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
			return fieldViolations?.map(({ field }) => field)
		}
		expect(await fieldsOf()).toEqual(['reservations'])
		expect(await fieldsOf(...Array.from({ length: 257 }, () => reservationOf({ [sku]: 1 })))).toEqual(['reservations'])
		expect(await fieldsOf(valid, { ...valid, orderId: valid.orderId.toUpperCase() })).toEqual([
			'reservations[1].order_id',
		])
		expect(await fieldsOf({ ...valid, holdDuration: { seconds: 0 } })).toEqual(['reservations[0].hold_duration'])
		expect(await fieldsOf({ ...valid, holdDuration: { seconds: 86_401 } })).toEqual(['reservations[0].hold_duration'])
		expect(await fieldsOf({ ...valid, holdDuration: null })).toEqual(['reservations[0].hold_duration'])
		expect(await fieldsOf({ ...valid, lines: [] })).toEqual(['reservations[0].lines'])
		expect(await fieldsOf({ ...valid, lines: [line, line] })).toEqual(['reservations[0].lines'])
		expect(await fieldsOf({ ...valid, lines: [{ sku: 'a b', quantity: 0 }] })).toEqual([
			'reservations[0].lines[0].sku',
			'reservations[0].lines[0].quantity',
		])
		const expectedUnitPrice = { currencyCode: 'euro', amountMinor: -1 }
		expect(await fieldsOf({ ...valid, lines: [{ ...line, quantity: 10_001, expectedUnitPrice }] })).toEqual([
			'reservations[0].lines[0].quantity',
			'reservations[0].lines[0].expected_unit_price.currency_code',
			'reservations[0].lines[0].expected_unit_price.amount_minor',
		])
		expect(await errorOf(stock.commit())).toMatchObject({ fieldViolations: [{ field: 'order_ids' }] })
		expect(await errorOf(stock.release('x'))).toMatchObject({ fieldViolations: [{ field: 'order_ids[0]' }] })
		expect(await stock.levels(sku)).toMatchObject([{ held: 0 }])
	})

	test('needs the scope catalog:write to change, and stock:reserve to be reserved', async () => {
		const sku = await stock.stocked(5)
		const reservations = [reservationOf({ [sku]: 1 })]
		const call = (token?: string) =>
			errorOf(callUnary(catalog.catalog, inventoryRpcs.ReserveStock, { reservations }, { timeoutMs: 60_000, token }))
		expect(await call()).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'UNAUTHENTICATED' })
		expect(await call('not.a.token')).toMatchObject({ code: status.UNAUTHENTICATED })
		expect(await call(tokenFor('catalog:write'))).toMatchObject({
			code: status.PERMISSION_DENIED,
			reason: 'SCOPE_MISSING',
			text: 'the token lacks the scope stock:reserve',
			metadata: { scope: 'stock:reserve' },
		})
		const set = callUnary(
			catalog.catalog,
			inventoryRpcs.SetStock,
			{ sku, onHand: 1 },
			{ timeoutMs: 60_000, token: tokenFor('stock:reserve') },
		)
		expect(await errorOf(set)).toMatchObject({ code: status.PERMISSION_DENIED })
	})
})

test.each(engines)('on %s the database itself refuses an oversell, and its ledger adds up', async (engine) => {
	await using catalog = await startTestCatalog(engine)
	const stock = inventoryCalls(catalog)
	const sku = await stock.stocked(5)
	const sold = reservationOf({ [sku]: 2 })
	await stock.reserveAll([sold, reservationOf({ [sku]: 1 })])
	await stock.commit(sold.orderId)
	await stock.adjustStock(sku, 7)

	await using database = await catalog.stopAndOpenDatabase()
	await expect(database.query('update stock set held = on_hand + 1')).rejects.toThrow('stock_never_oversold')
	await expect(database.query('update stock set held = -1')).rejects.toThrow('stock_held_not_negative')
	await expect(database.query('update stock set on_hand = 9007199254740992')).rejects.toThrow('stock_on_hand_range')
	const [row] = await database.query(
		'select on_hand, (select sum(delta)::bigint from stock_movement where stock_movement.sku = stock.sku) as ledger from stock',
	)
	expect(row).toEqual({ on_hand: 10, ledger: 10 })
})
