import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { describe, expect, test, vi } from 'vitest'
import { addProducts, heldPrices, openMarket, pricesOf } from './open-market.ts'

// The embedded database takes seconds to begin.
vi.setConfig({ testTimeout: 120_000 })

describe.each(engines)('a market on %s', (engine) => {
	test('brings the newest price of each product to the catalog', async () => {
		await using market = await openMarket(engine)
		await addProducts(market.catalog, 'metals', ['GOLD', 'OIL'])
		market.publish('metals', { GOLD: 1_010, OIL: 990 })
		await market.start()
		await eventually(async () => expect([await market.price('GOLD'), await market.price('OIL')]).toEqual([1_010, 990]))
		for (let price = 1_011; price <= 1_040; price++) market.publish('metals', { GOLD: price })
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_040))
		const prices = await pricesOf(market.catalog, 'GOLD')
		expect(prices).toEqual(prices.toSorted((one, other) => one - other))
	})

	test('holds a jump with its rule, while the last good price sells on', async () => {
		await using market = await openMarket(engine)
		await addProducts(market.catalog, 'metals', ['GOLD'])
		await market.start()
		market.publish('metals', { GOLD: 1_010 })
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
		market.publish('metals', { GOLD: 10_100 })
		const held = { sku: 'GOLD', source: 'metals', rule: 'TICK_CHANGE', amountMinor: 10_100 }
		await eventually(async () => expect(await heldPrices(market.catalog)).toEqual([held]))
		expect(await market.price('GOLD')).toBe(1_010)
		market.publish('metals', { GOLD: 1_020 })
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_020))
		expect(await heldPrices(market.catalog)).toEqual([])
	})

	test('goes on after its last message when it starts again', async () => {
		await using market = await openMarket(engine)
		await addProducts(market.catalog, 'metals', ['GOLD'])
		await market.start()
		const last = market.publish('metals', { GOLD: 1_010 })
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
		await market.stop()
		market.publish('metals', { GOLD: 1_020 })
		await market.start()
		await eventually(async () => expect(await market.price('GOLD')).toBe(1_020))
		expect(market.exchange('metals').subscriptions.map(({ after }) => after)).toEqual([undefined, last])
		expect(await pricesOf(market.catalog, 'GOLD')).toEqual([1_000, 1_010, 1_020])
	})
})

test('a second source that agrees releases a held price; the source itself never does', async () => {
	await using market = await openMarket('postgres', { sources: ['metals', 'rival'] })
	await addProducts(market.catalog, 'metals', ['GOLD'])
	await market.start()
	market.publish('metals', { GOLD: 1_000 })
	for (let times = 0; times < 5; times++) market.publish('metals', { GOLD: 10_000 })
	await eventually(async () => expect(await heldPrices(market.catalog)).toHaveLength(1))
	expect(await market.price('GOLD')).toBe(1_000)

	market.publish('rival', { GOLD: 10_300 })
	await eventually(async () => expect(await market.price('GOLD')).toBe(10_000))
	expect(await heldPrices(market.catalog)).toEqual([])
	// The source goes on from there.
	await eventually(async () => {
		market.publish('metals', { GOLD: 10_100 })
		expect(await market.price('GOLD')).toBe(10_100)
	})
})

test('prices that no product of the source has change nothing', async () => {
	await using market = await openMarket('postgres')
	await addProducts(market.catalog, 'metals', ['GOLD'])
	await addProducts(market.catalog, 'others', ['MUG'])
	await market.start()
	market.publish('metals', { NONE: 1_010, MUG: 1_010 })
	market.publish('metals', { GOLD: 1_010, MUG: 1_020 })
	await eventually(async () => expect(await market.price('GOLD')).toBe(1_010))
	expect(await market.price('MUG')).toBe(1_000)
})

test('operators see when the market is ready, and what became of the prices', async () => {
	const port = await getPort()
	await using market = await openMarket('postgres', { sources: ['observed'], env: { METRICS_PORT: String(port) } })
	await addProducts(market.catalog, 'observed', ['GOLD'])
	await market.start()
	const ask = async (path: string) => (await fetch(`http://127.0.0.1:${port}${path}`)).text()
	await eventually(async () => expect(await ask('/readyz')).toBe('ok\n'))
	market.publish('observed', { GOLD: 1_010 })
	const applied = 'mercat_market_prices_total{source="observed",result="applied"} 1'
	await eventually(async () => expect(await ask('/metrics')).toContain(applied))
	const metrics = await ask('/metrics')
	expect(metrics).toContain('mercat_market_source_followed{source="observed"} 1')
	expect(metrics).toContain('mercat_market_prices_waiting{source="observed"} 0')
	expect(metrics).toContain('mercat_market_apply_lag_seconds_count{source="observed"} 1')
	await market.catalog.stop()
	await eventually(async () => expect(await ask('/readyz')).toContain('the catalog does not answer'))
})
