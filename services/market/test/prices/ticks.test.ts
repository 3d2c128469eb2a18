import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { addProducts, type Market, marketToken, openMarket } from '../open-market.ts'

// The embedded database takes seconds to begin.
vi.setConfig({ testTimeout: 120_000 })

const euros = (amountMinor: number) => ({ amountMinor, currency: 'EUR' })
const minuteMs = 60_000

/** A minute that is over, so that no bar grows while a test looks at it. */
const lastMinute = () => Math.floor(Date.now() / minuteMs) * minuteMs - minuteMs

describe.each(engines)('GET /v1/ticks/{sku} on %s', (engine) => {
	let market: Market
	beforeAll(async () => {
		market = await openMarket(engine, { settings: { staleAfterS: 1 } })
		await addProducts(market.catalog, 'metals', ['GOLD', 'OIL', 'ZINC'])
		await market.start()
		// It sends first that it has no prices yet: a later snapshot has only the newest ones.
		await eventually(() => expect(market.exchange('metals').counts().snapshots).toBe(1))
	})
	afterAll(() => market[Symbol.asyncDispose]())

	test('goes through long spans in pages, each bar once', async () => {
		const minute = lastMinute()
		for (let second = 0; second < 7; second++)
			market.publish('metals', { OIL: 1_000 + second }, minute + second * 1_000)
		const path = `/v1/ticks/OIL?step=1s&from=${new Date(minute).toISOString()}`
		await eventually(async () => expect((await market.get(path)).body.bars).toHaveLength(7))
		const closes: number[] = []
		const sizes: number[] = []
		let pageToken = ''
		do {
			const { body } = await market.get(`${path}&pageSize=3&pageToken=${pageToken}`)
			closes.push(...body.bars.map(({ close }: { close: { amountMinor: number } }) => close.amountMinor))
			sizes.push(body.bars.length)
			pageToken = body.nextPageToken
		} while (pageToken !== '')
		expect(closes).toEqual([1_000, 1_001, 1_002, 1_003, 1_004, 1_005, 1_006])
		expect(sizes).toEqual([3, 3, 1])
	})

	test('leaves out prices that are held', async () => {
		const minute = lastMinute()
		market.publish('metals', { ZINC: 1_010 }, minute + 1_000)
		market.publish('metals', { ZINC: 10_100 }, minute + 2_000)
		market.publish('metals', { ZINC: 1_011 }, minute + 3_000)
		await eventually(async () => {
			const { body } = await market.get('/v1/ticks/ZINC')
			expect(body.bars).toMatchObject([{ high: euros(1_011), ticks: 2 }])
			expect(body.latest.price).toEqual(euros(1_011))
		})
	})

	test('says that a price is stale while its source is silent', async () => {
		market.publish('metals', { ZINC: 1_012 })
		await eventually(async () => {
			const { body } = await market.get('/v1/ticks/ZINC')
			expect(body.latest).toMatchObject({ price: euros(1_012), source: 'metals', stale: true })
		})
		market.publish('metals', { ZINC: 1_013 })
		await eventually(async () => {
			const { body } = await market.get('/v1/ticks/ZINC')
			expect(body.latest).toMatchObject({ price: euros(1_013), stale: false })
		})
	})

	test('has the bars of each step, the latest price and its source, also in the next process', async () => {
		const minute = lastMinute()
		for (const [price, ms] of [
			[1_010, 5_000],
			[1_030, 5_400],
			[990, 40_000],
			[1_000, 41_250],
		] as const)
			market.publish('metals', { GOLD: price }, minute + ms)
		const span = `from=${new Date(minute).toISOString()}&to=${new Date(minute + minuteMs).toISOString()}`
		const prices = { open: euros(1_010), high: euros(1_030), low: euros(990), close: euros(1_000) }
		const expected = {
			...{ sku: 'GOLD', step: '1m', nextPageToken: '' },
			bars: [{ beginsAt: new Date(minute).toISOString(), ...prices, ticks: 4 }],
			latest: {
				...{ price: euros(1_000), at: new Date(minute + 41_250).toISOString(), source: 'metals' },
				stale: expect.any(Boolean),
			},
		}
		await eventually(async () => {
			expect(await market.get(`/v1/ticks/GOLD?${span}`)).toMatchObject({ status: 200, body: expected })
		})
		const { body } = await market.get(`/v1/ticks/GOLD?${span}&step=1s`)
		expect(body.bars.map(({ beginsAt, close, ticks }: Record<string, unknown>) => [beginsAt, close, ticks])).toEqual([
			[new Date(minute + 5_000).toISOString(), euros(1_030), 2],
			[new Date(minute + 40_000).toISOString(), euros(990), 1],
			[new Date(minute + 41_000).toISOString(), euros(1_000), 1],
		])
		// It has no bars in memory.
		await market.stop()
		await market.start()
		expect((await market.get(`/v1/ticks/GOLD?${span}`)).body).toEqual(expected)
	})
})

describe('GET /v1/ticks/{sku}', () => {
	let market: Market
	beforeAll(async () => {
		market = await openMarket('postgres')
		await addProducts(market.catalog, 'metals', ['GOLD'])
		await market.start()
		await eventually(async () => expect((await market.get('/readyz')).body).toEqual({ status: 'ok' }))
	})
	afterAll(() => market[Symbol.asyncDispose]())

	test('tells a product without prices from a sku that nobody knows', async () => {
		expect((await market.get('/v1/ticks/GOLD?step=1h')).body).toEqual({
			...{ sku: 'GOLD', step: '1h', bars: [], nextPageToken: '' },
		})
		for (const sku of ['NONE', 'no%20sku', '%00', 'a'.repeat(65)])
			expect(await market.get(`/v1/ticks/${sku}`)).toMatchObject({ status: 404, body: { code: 'PRODUCT_NOT_FOUND' } })
	})

	test.each([
		['step=2m', '#/step'],
		['from=yesterday', '#/from'],
		['from=2026-11-30T12:00:00Z&to=2026-11-30T12:00:00Z', '#/to'],
		['to=2016-12-31T23:59:60Z', '#/to'],
		['pageSize=-1', '#/pageSize'],
		['pageToken=made-up', '#/pageToken'],
		['steps=1m', '#/steps'],
	])('refuses %s, and names the place', async (query, pointer) => {
		const { status, body } = await market.get(`/v1/ticks/GOLD?${query}`)
		expect(status).toBe(400)
		expect(body).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer, parameter: pointer.slice(2) }] })
	})

	test('needs a token with the scope market:read', async () => {
		expect(await market.get('/v1/ticks/GOLD', { token: '' })).toMatchObject({ status: 401 })
		const answer = await market.get('/v1/ticks/GOLD', { token: marketToken('orders:manage') })
		expect(answer).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
	})

	test('ends in time while the database is slow', async () => {
		await using database = await openDatabase(market.databaseUrl)
		await database.transaction(async (transaction) => {
			await transaction.query('lock table bar_1m in access exclusive mode')
			const answer = await market.get('/v1/ticks/GOLD', { headers: { 'request-timeout': '0.3' } })
			expect(answer).toMatchObject({ status: 504, body: { code: 'REQUEST_TIMEOUT' } })
		})
	})
})
