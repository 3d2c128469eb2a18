import { Metadata, status } from '@grpc/grpc-js'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import type { SalesRow__Output } from '@mercat/market-api/messages/SalesRow'
import type { WatchSalesRequest } from '@mercat/market-api/messages/WatchSalesRequest'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { noon } from '../noon.ts'
import { type ServedPrices, servePrices, tokenOf } from '../prices/serve-prices.ts'
import { watchStream } from '../streaming/watch-stream.ts'
import { startSalesProcess } from './sales-process.ts'
import { createTestLog, type Transition } from './test-log.ts'

const reader = tokenOf('market:read')

/** Opens a stream of sales. `rows` gives the last state of each one. */
function watchSales({ client }: ServedPrices, request: WatchSalesRequest, token = reader) {
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${token}`)
	const { state, ...stream } = watchStream(client.watchSales(request, metadata), ({ rows }) => rows.map(inShort))
	return { ...stream, rows: state }
}

/** A row in short: `12.00.00 GOLD EUR: 2 orders, 3 pieces, 300`. */
function inShort({ beginTime, key, currencyCode, orders, quantity, amountMinor }: SalesRow__Output): string {
	const time = new Date(millisecondsOf(beginTime as NonNullable<typeof beginTime>)).toISOString()
	return `${time.slice(11, 19).replaceAll(':', '.')} ${key} ${currencyCode}: ${orders} orders, ${quantity} pieces, ${amountMinor}`
}

function paid(order: string, sku: string, quantity: number, second = 1): Transition {
	const lines = [{ sku, quantity, amountMinor: quantity * 100 }]
	return { order, version: 2, status: 'paid', atMs: noon + second * 1_000, currency: 'EUR', lines }
}

describe.each(engines)('a stream of sales on %s', (engine) => {
	test('begins with the step under way, and tells what another process counts', async () => {
		await using market = await servePrices(engine)
		const orders = createTestLog()
		const process = startSalesProcess(market.database, orders.readEvents, noon)
		orders.append(paid('before', 'GOLD', 9, -3_600))
		orders.append(paid('a', 'GOLD', 1))
		await process.catchUp()
		await using bySku = watchSales(market, { by: 'SALES_KEY_SKU', step: 'STEP_HOUR' })
		await using byStatus = watchSales(market, { by: 'SALES_KEY_STATUS', step: 'STEP_HOUR' })
		await bySku.begun()
		await byStatus.begun()
		expect(bySku.rows()).toEqual(['12.00.00 GOLD EUR: 1 orders, 1 pieces, 100'])
		orders.append(paid('b', 'GOLD', 2))
		orders.append(paid('c', 'OIL', 5))
		orders.append({ ...paid('c', 'OIL', 5), version: 3, status: 'shipped' })
		await process.catchUp()
		const rows = ['12.00.00 GOLD EUR: 2 orders, 3 pieces, 300', '12.00.00 OIL EUR: 1 orders, 5 pieces, 500']
		await eventually(() => expect(bySku.rows()).toEqual(rows))
		const statuses = ['12.00.00 paid EUR: 3 orders, 8 pieces, 800', '12.00.00 shipped EUR: 1 orders, 5 pieces, 500']
		await eventually(() => expect(byStatus.rows()).toEqual(statuses))
		const [{ ms } = { ms: 0 }] = await market.database.query<{ ms: number }>(
			'select floor(extract(epoch from folded_through) * 1000)::float8 as ms from sales_fold',
		)
		await eventually(() => expect(bySku.asOfMs()).toBe(ms))
	})
})

test('a stream of sales is taken back with the orders that the log has lost', async () => {
	await using market = await servePrices('postgres')
	const orders = createTestLog()
	const process = startSalesProcess(market.database, orders.readEvents, noon)
	orders.append(paid('a', 'GOLD', 1))
	const position = orders.last()
	orders.append(paid('b', 'GOLD', 2))
	orders.append(paid('c', 'OIL', 5))
	await process.catchUp()
	await using watch = watchSales(market, { by: 'SALES_KEY_SKU', step: 'STEP_HOUR' })
	await watch.begun()
	const told = ['12.00.00 GOLD EUR: 2 orders, 3 pieces, 300', '12.00.00 OIL EUR: 1 orders, 5 pieces, 500']
	expect(watch.rows()).toEqual(told)
	orders.putBack(position)
	await process.catchUp()
	const left = ['12.00.00 GOLD EUR: 1 orders, 1 pieces, 100', '12.00.00 OIL EUR: 0 orders, 0 pieces, 0']
	await eventually(() => expect(watch.rows()).toEqual(left))
})

test.each([
	['no key', {}, 'INVALID_REQUEST'],
	['a step of a second', { by: 'SALES_KEY_SKU', step: 'STEP_SECOND' }, 'INVALID_REQUEST'],
	['a status that is none', { by: 'SALES_KEY_SKU', status: 'lost' }, 'INVALID_REQUEST'],
	['a status by status', { by: 'SALES_KEY_STATUS', status: 'paid' }, 'INVALID_REQUEST'],
] as const)('a stream of sales with %s is refused', async (_what, request, reason) => {
	await using market = await servePrices('pglite')
	await using watch = watchSales(market, request)
	expect(await watch.ended).toMatchObject({ code: status.INVALID_ARGUMENT, reason })
})

test('a stream of sales needs the scope market:read, and ends when its token does', async () => {
	await using market = await servePrices('pglite')
	const request = { by: 'SALES_KEY_SKU' } as const
	await using denied = watchSales(market, request, tokenOf('orders:read'))
	expect(await denied.ended).toMatchObject({ code: status.PERMISSION_DENIED, reason: 'SCOPE_MISSING' })
	await using without = watchSales(market, request, 'none')
	expect(await without.ended).toMatchObject({ code: status.UNAUTHENTICATED })
	// A token is accepted for 30 s after its end.
	await using short = watchSales(market, request, tokenOf('market:read', -25_000))
	await short.begun()
	expect(await short.ended).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'UNAUTHENTICATED' })
})
