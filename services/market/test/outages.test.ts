import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { startPostgresServer } from '@mercat/testing/postgres-server'
import { expect, test, vi } from 'vitest'
import { addProducts, openMarket, pricesOf } from './open-market.ts'

vi.setConfig({ testTimeout: 120_000 })

test('while the catalog is away ticks are stored, and then it gets the newest prices only', async () => {
	await using market = await openMarket('postgres')
	await addProducts(market.catalog, 'metals', ['GOLD', 'OIL'])
	await market.start()
	market.publish('metals', { GOLD: 1_001, OIL: 1_001 })
	await eventually(async () => expect(await market.price('OIL')).toBe(1_001))
	await market.catalog.stop()

	await using database = await openDatabase(market.databaseUrl)
	const foldedSeq = async () => (await database.query<{ seq: number }>('select folded_seq as seq from source'))[0]?.seq
	for (let price = 1_002; price <= 1_100; price++) {
		const seq = market.publish('metals', { GOLD: price })
		if (price % 20 === 0) await eventually(async () => expect(await foldedSeq()).toBe(seq))
	}
	const last = market.publish('metals', { OIL: 1_002 })
	await eventually(async () => expect(await foldedSeq()).toBe(last))

	await using catalog = await market.startCatalogAgain()
	await eventually(async () => {
		expect((await catalog.get('GOLD')).price?.amountMinor).toBe(1_100)
		expect((await catalog.get('OIL')).price?.amountMinor).toBe(1_002)
	})
	// The round that was on its way has one of them, and the next one has the newest.
	expect((await pricesOf(catalog, 'GOLD')).length).toBeLessThanOrEqual(4)
})

test('after its database has hung the market catches up, in order', async () => {
	await using server = await startPostgresServer()
	await using market = await openMarket('postgres', { databaseUrl: server.url })
	await addProducts(market.catalog, 'metals', ['GOLD'])
	await market.start()
	market.publish('metals', { GOLD: 1_001 })
	await eventually(async () => expect(await market.price('GOLD')).toBe(1_001))
	await server.pause()
	for (let price = 1_002; price <= 1_050; price++) market.publish('metals', { GOLD: price })
	server.resume()
	await eventually(async () => expect(await market.price('GOLD')).toBe(1_050))
	const prices = await pricesOf(market.catalog, 'GOLD')
	expect(prices).toEqual(prices.toSorted((one, other) => one - other))
})
