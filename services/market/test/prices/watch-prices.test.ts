import { status } from '@grpc/grpc-js'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { accepted, acceptedLate } from '../../src/checking/verdict.ts'
import { startFolding } from '../folding/folding-process.ts'
import { noon } from '../noon.ts'
import { addProducts, openMarket } from '../open-market.ts'
import { messagesOf, servePrices } from './serve-prices.ts'
import { inShort, watchBars } from './watch-bars.ts'
import { watchUnread } from './watch-unread.ts'

describe.each(engines)('a stream of prices on %s', (engine) => {
	test('begins with the latest bar of each product, stored or not', async () => {
		await using prices = await servePrices(engine)
		const source = await startFolding(prices.database)
		await source.fold(
			messagesOf([
				['GOLD', 1, 100],
				['OIL', 2, 50],
			]),
			noon,
		)
		await source.bars.store()
		await source.fold(messagesOf([['GOLD', 61, 110]], 3), noon)
		await using watch = watchBars(prices.client, { skus: ['OIL', 'GOLD', 'NONE'], step: 'STEP_MINUTE' })
		await watch.begun()
		expect(watch.bars()).toEqual(['GOLD 12.01.00: 110 110 110 110 ×1', 'OIL 12.00.00: 50 50 50 50 ×1'])
	})

	test('tells what another process stores, whether it has stored its bars or not', async () => {
		await using prices = await servePrices(engine)
		const source = await startFolding(prices.database)
		await source.fold(messagesOf([['GOLD', 1, 100]]), noon)
		await using watch = watchBars(prices.client, { skus: ['GOLD'], step: 'STEP_MINUTE' })
		await watch.begun()
		await source.fold(messagesOf([['GOLD', 2, 130]], 2), noon)
		await eventually(() => expect(watch.bars()).toEqual(['GOLD 12.00.00: 100 130 100 130 ×2']))
		await source.bars.store()
		await source.fold(messagesOf([['GOLD', 3, 90]], 3), noon)
		await source.fold(messagesOf([['GOLD', 60, 95]], 4), noon)
		const bars = ['GOLD 12.00.00: 100 130 90 90 ×3', 'GOLD 12.01.00: 95 95 95 95 ×1']
		await eventually(() => expect(watch.bars()).toEqual(bars))
		const told = watch.told().length
		await source.bars.store()
		const storedAt = await clockOf(prices.database)
		await eventually(() => expect(watch.asOfMs()).toBeGreaterThan(storedAt))
		expect(watch.told()).toHaveLength(told)
	})
})

test('a stream tells the prices that its own process follows, and goes on after a restart where the bars are', async () => {
	await using market = await openMarket('postgres')
	await addProducts(market.catalog, 'metals', ['GOLD'])
	const atMs = Math.floor(Date.now() / 86_400_000) * 86_400_000
	await market.start()
	await using watch = watchBars(market.client, { skus: ['GOLD'], step: 'STEP_DAY' })
	await watch.begun()
	market.publish('metals', { GOLD: 1_010 })
	market.publish('metals', { GOLD: 990 })
	const day = 'GOLD 00.00.00: 1010'
	await eventually(() => expect(watch.bars()).toEqual([`${day} 1010 990 990 ×2`]))
	await market.stop()
	expect(await watch.ended).toEqual({ code: status.OK })

	market.publish('metals', { GOLD: 1_030 })
	await market.start()
	await using next = watchBars(market.client, { skus: ['GOLD'], step: 'STEP_DAY' })
	await eventually(() => expect(next.bars()).toEqual([`${day} 1030 990 1030 ×3`]))
	const { bars } = await market.history({ sku: 'GOLD', step: 'STEP_DAY', from: { seconds: atMs / 1_000 } })
	expect(bars.map((bar) => inShort({ sku: 'GOLD', bar }))).toEqual([`${day} 1030 990 1030 ×3`])
})

test('a reader that is slow is told the last state of each bar once', async () => {
	await using prices = await servePrices('postgres')
	const source = await startFolding(prices.database)
	const skus = Array.from({ length: 2_000 }, (_, index) => `S${index}`)
	using slow = watchUnread(prices.address, { skus, step: 'STEP_MINUTE' })
	await using fast = watchBars(prices.client, { skus, step: 'STEP_MINUTE' })
	await fast.begun()
	const rounds = 12
	for (let round = 1; round <= rounds; round++) {
		await source.fold(
			messagesOf(
				skus.map((sku) => [sku, round, round]),
				round * skus.length,
			),
			noon,
		)
		await eventually(() => expect(fast.told().length).toBeGreaterThanOrEqual(round * skus.length))
	}
	const { bars } = slow.readOn()
	const last = skus.map((sku) => `${sku} 12.00.00: 1 ${rounds} 1 ${rounds} ×${rounds}`).sort()
	await eventually(() =>
		expect([...new Map(bars.map((text) => [text.split(':')[0], text])).values()].sort()).toEqual(last),
	)
	expect(bars.length).toBeLessThan((rounds * skus.length) / 2)
})

test.each([
	['no sku', { skus: [] }],
	['a sku that is none', { skus: ['no sku'] }],
	['10,001 skus', { skus: Array.from({ length: 10_001 }, (_, index) => `S${index}`) }],
	['a step that is none', { skus: ['GOLD'], step: 9 as never }],
])('a stream with %s is refused', async (_what, request) => {
	await using prices = await servePrices('pglite')
	await using watch = watchBars(prices.client, request)
	expect(await watch.ended).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
})

test('a stream tells in what a late price has changed its bar', async () => {
	await using prices = await servePrices('postgres')
	const isLate = (amountMinor: number) => amountMinor === 80
	const source = await startFolding(prices.database, ({ amountMinor }) =>
		isLate(amountMinor) ? acceptedLate : accepted,
	)
	await source.fold(
		messagesOf([
			['GOLD', 5, 100],
			['GOLD', 65, 110],
		]),
		noon,
	)
	await using watch = watchBars(prices.client, { skus: ['GOLD'], step: 'STEP_MINUTE' })
	await watch.begun()
	expect(watch.bars()).toEqual(['GOLD 12.01.00: 110 110 110 110 ×1'])
	await source.fold(messagesOf([['GOLD', 4, 80]], 3), noon)
	await source.bars.store()
	const bars = ['GOLD 12.00.00: 80 100 80 100 ×2', 'GOLD 12.01.00: 110 110 110 110 ×1']
	await eventually(() => expect(watch.bars()).toEqual(bars))
})

async function clockOf({ query }: Pick<Awaited<ReturnType<typeof servePrices>>['database'], 'query'>): Promise<number> {
	const [row] = await query<{ ms: number }>('select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms')
	return row?.ms ?? Number.NaN
}
