import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addProducts, type Market, marketToken, openMarket } from '../open-market.ts'
import { settingsWith } from './judged-ticks.ts'

const manager = { token: marketToken('market:manage') }

describe.each(engines)('analyses over REST on %s', (engine) => {
	test('tell what other settings would have held, and change nothing', async () => {
		await using market = await openMarket(engine)
		await addProducts(market.catalog, 'metals', ['GOLD'])
		await market.start()
		await eventually(() => expect(market.exchange('metals').counts().snapshots).toBe(1))
		for (const price of [1_000, 1_010, 1_200, 1_010]) market.publish('metals', { GOLD: price })
		await eventually(async () => expect((await market.get('/v1/ticks/GOLD')).body.bars[0]?.ticks).toBe(4))

		const body = { source: 'metals', settings: { maxTickChangePercent: 10 } }
		const begun = await market.send('POST', '/v1/analyses', { ...manager, body })
		expect(begun).toMatchObject({ status: 202, body: { status: 'waiting', createdBy: 'analyst' } })
		const path = begun.headers.get('location') ?? ''
		expect(path).toBe(`/v1/analyses/${begun.body.id}`)
		const done = await eventually(async () => {
			const { body } = await market.get(path)
			expect(body).toMatchObject({ status: 'done', progress: { percent: 100, ticks: 4 } })
			return body
		})
		expect(done.settings).toMatchObject({ maxTickChangePercent: 10, maxDayChangePercent: 80, window: 61 })
		expect(done.result).toEqual({
			ticks: 4,
			verdicts: { accepted: 3, late: 0, held: { TICK_CHANGE: 1 }, refused: {} },
			verdictsBefore: { accepted: 4, late: 0, held: {}, refused: {} },
			different: 1,
			differences: [
				{
					seq: expect.any(Number),
					sku: 'GOLD',
					price: { amountMinor: 1_200, currency: 'EUR' },
					at: expect.any(String),
					before: { verdict: 'accepted' },
					now: {
						verdict: 'held',
						rule: 'TICK_CHANGE',
						figures: { fromMinor: 1_010, changePercent: expect.closeTo(18.81, 2), maxTickChangePercent: 10 },
					},
				},
			],
			missingBlocks: 0,
		})
		const { result: _, ...withoutResult } = done
		expect((await market.get('/v1/analyses')).body).toEqual({ analyses: [withoutResult] })
		expect((await market.send('DELETE', path, manager)).body).toEqual(done)
		expect(await market.price('GOLD')).toBe(1_010)
	})
})

describe('analyses over REST', () => {
	let market: Market
	beforeAll(async () => {
		market = await openMarket('postgres')
		await market.start()
	})
	afterAll(() => market[Symbol.asyncDispose]())

	test.each([
		[{}, '#/source'],
		[{ source: 'oil' }, '#/source'],
		[{ source: 'metals', until: '2026-11-30T12:00:00Z' }, '#/until'],
		[{ source: 'metals', from: 'yesterday' }, '#/from'],
		[{ source: 'metals', from: '2026-11-30T12:00:00Z', to: '2026-11-30T11:00:00Z' }, '#/from'],
		[{ source: 'metals', settings: { threshold: 0 } }, '#/settings/threshold'],
		[{ source: 'metals', settings: { threshold: '4' } }, '#/settings/threshold'],
		[{ source: 'metals', settings: { window: 4 } }, '#/settings/window'],
		[{ source: 'metals', settings: { url: 'ws://elsewhere' } }, '#/settings/url'],
		[{ source: 'metals', settings: { floorMinor: 5, ceilingMinor: 4 } }, '#/settings/ceilingMinor'],
	])('refuse %j, and name the place', async (body, pointer) => {
		const { status, body: problem } = await market.send('POST', '/v1/analyses', { ...manager, body })
		expect(status).toBe(400)
		expect(problem).toMatchObject({ code: 'INVALID_REQUEST', errors: [{ pointer }] })
	})

	test('name the sources that can be analysed', async () => {
		const { body } = await market.send('POST', '/v1/analyses', { ...manager, body: { source: 'oil' } })
		expect(body.errors).toEqual([{ pointer: '#/source', code: 'source', detail: 'must be one of metals' }])
	})

	test('are begun and cancelled with market:manage only, and read with market:read, too', async () => {
		const body = { source: 'metals' }
		const reader = { token: marketToken('market:read') }
		expect((await market.send('POST', '/v1/analyses', { ...reader, body })).status).toBe(403)
		expect((await market.send('DELETE', `/v1/analyses/${randomUUID()}`, reader)).status).toBe(403)
		expect((await market.send('POST', '/v1/analyses', { token: '', body })).status).toBe(401)
		for (const token of [reader, manager]) expect((await market.get('/v1/analyses', token)).status).toBe(200)
	})

	test('that nobody has begun are not found', async () => {
		for (const id of [randomUUID(), 'none', '%00']) {
			const notFound = { status: 404, body: { code: 'ANALYSIS_NOT_FOUND' } }
			expect(await market.get(`/v1/analyses/${id}`)).toMatchObject(notFound)
			expect(await market.send('DELETE', `/v1/analyses/${id}`, manager)).toMatchObject(notFound)
		}
	})

	test('wait until one is over, ten at most, and can be cancelled meanwhile', async () => {
		await using database = await openDatabase(market.databaseUrl)
		// One of another process that takes long.
		const running = randomUUID()
		await database.query(
			`insert into analysis (id, source, since, until, settings, created_by, status, owner, owned_until)
			values ($1, 'metals', now(), now(), $2, 'bob', 'running', $1, now() + interval '1 hour')`,
			[running, JSON.stringify(settingsWith())],
		)
		const begin = () => market.send('POST', '/v1/analyses', { ...manager, body: { source: 'metals' } })
		const first = await begin()
		for (let count = 1; count < 10; count++) expect((await begin()).body.status).toBe('waiting')
		const refused = await begin()
		expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_ANALYSES' } })
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)

		const path = first.headers.get('location') ?? ''
		expect((await market.send('DELETE', path, manager)).body).toMatchObject({ status: 'cancelled' })
		expect((await begin()).status).toBe(202)
		expect((await market.send('DELETE', `/v1/analyses/${running}`, manager)).body.status).toBe('cancelled')
		await eventually(async () => {
			const { body } = await market.get('/v1/analyses')
			const statuses = body.analyses.map(({ status }: { status: string }) => status)
			expect(statuses.filter((status: string) => status === 'done')).toHaveLength(10)
		})
	})
})
