import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test, vi } from 'vitest'
import { addProducts, openMarket } from '../open-market.ts'

// The embedded database takes seconds to begin.
vi.setConfig({ testTimeout: 120_000 })

describe.each(engines)('GET /v1/sources on %s', (engine) => {
	test('tells of each source whether it is in the settings and followed, how far it is read, and whether its prices are stale', async () => {
		await using market = await openMarket(engine, { sources: ['metals', 'oil'] })
		await addProducts(market.catalog, 'metals', ['GOLD'])
		await market.start()
		await eventually(async () => {
			const { status, body } = await market.get('/v1/sources')
			expect(status).toBe(200)
			// Each has said that it has no prices yet.
			expect(body.sources).toMatchObject([
				{ name: 'metals', configured: true, followed: true, stale: false, seq: 0, appliedSequence: 0 },
				{ name: 'oil', configured: true, followed: true, stale: false, seq: 0, appliedSequence: 0 },
			])
		})
		const seq = market.publish('metals', { GOLD: 1_010 })
		await eventually(async () => {
			const [metals] = (await market.get('/v1/sources')).body.sources
			expect(metals).toMatchObject({ followed: true, stale: false, seq, lastTickAt: expect.any(String) })
			expect(metals.block).toBeGreaterThan(0)
			expect(metals.appliedSequence).toBeGreaterThan(0)
		})

		await market.stop()
		// They are in the settings no more.
		await market.start({ MARKET_SOURCES: '' })
		expect((await market.get('/v1/sources')).body.sources).toMatchObject([
			{ name: 'metals', configured: false, followed: false, stale: true, seq },
			{ name: 'oil', configured: false, followed: false, stale: true, seq: 0 },
		])
	})
})
