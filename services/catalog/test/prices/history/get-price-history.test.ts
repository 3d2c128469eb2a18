import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GetPriceHistoryRequest } from '@mercat/catalog-api/messages/GetPriceHistoryRequest'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { sharedCatalog } from '../../shared-catalog.ts'
import { errorOf, product } from '../../start-catalog.ts'

describe.each(engines)('GetPriceHistory on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const historyOf = (sku: string, request: GetPriceHistoryRequest = {}) =>
		callUnary(catalog.catalog, catalogRpcs.GetPriceHistory, { sku, ...request }, { timeoutMs: 60_000 })
	const EUR = (amountMinor: number) => ({ currencyCode: 'EUR', amountMinor })

	/** A product that has had these prices, one after the other. */
	async function priced(first: number, ...later: number[]): Promise<string> {
		const sku = `SKU-${randomUUID()}`
		await catalog.create(product({ sku, price: EUR(first) }))
		for (const amount of later) await catalog.update({ sku, price: EUR(amount) }, ['price'])
		return sku
	}

	test('tells each price from its beginning to that of the next one, and no end of the present one', async () => {
		const sku = await priced(1200, 900, 1100)
		await catalog.update({ sku, title: 'Another title' }, ['title'])
		const { createTime } = await catalog.get(sku)
		const { periods, bars, nextPageToken, beginTime, exactSince } = await historyOf(sku)
		expect({ bars, nextPageToken }).toEqual({ bars: [], nextPageToken: '' })
		expect(periods.map(({ price }) => price)).toEqual([EUR(1200), EUR(900), EUR(1100)])
		expect(periods.map(({ beginTime }) => beginTime)).toEqual([beginTime, periods[0]?.endTime, periods[1]?.endTime])
		expect(periods[2]?.endTime).toBeNull()
		expect(beginTime?.seconds).toBe(createTime?.seconds)
		expect(exactSince).toEqual(beginTime)
	})

	test('has pages, of which the last one has no token', async () => {
		const sku = await priced(1, 2, 3)
		const amounts: unknown[] = []
		for (let pageToken = ''; ; ) {
			const page = await historyOf(sku, { pageSize: 1, pageToken })
			amounts.push(page.periods.map(({ price }) => price?.amountMinor))
			pageToken = page.nextPageToken
			if (pageToken === '') break
		}
		expect(amounts).toEqual([[1], [2], [3]])
	})

	test('begins with the price that was in force when the range begins, and ends before the range does', async () => {
		const sku = await priced(1, 2, 3)
		const { periods } = await historyOf(sku)
		const amountsIn = async (range: GetPriceHistoryRequest) =>
			(await historyOf(sku, range)).periods.map(({ price }) => price?.amountMinor)
		const [second, third] = [periods[1]?.beginTime, periods[2]?.beginTime]
		expect(await amountsIn({ from: second })).toEqual([2, 3])
		expect(await amountsIn({ to: second })).toEqual([1])
		expect(await amountsIn({ from: second, to: third })).toEqual([2])
		expect(await amountsIn({ to: { seconds: 1, nanos: 0 } })).toEqual([])
		// Of times that are yet to come, nothing is known.
		expect(await amountsIn({ from: { seconds: 4_000_000_000, nanos: 0 } })).toEqual([])
	})

	test('has bars of each length', async () => {
		const sku = await priced(1200, 900, 1100)
		for (const step of ['PRICE_STEP_MINUTE', 'PRICE_STEP_HOUR', 'PRICE_STEP_DAY'] as const) {
			const { bars, periods, nextPageToken } = await historyOf(sku, { step })
			expect({ periods, nextPageToken }).toEqual({ periods: [], nextPageToken: '' })
			// The changes may lie on both sides of the end of a step.
			expect(bars[0]).toMatchObject({ currencyCode: 'EUR', openMinor: 1200 })
			expect(bars.at(-1)).toMatchObject({ closeMinor: 1100 })
			expect(Math.min(...bars.map(({ lowMinor }) => lowMinor))).toBe(900)
			expect(Math.max(...bars.map(({ highMinor }) => highMinor))).toBe(1200)
			expect(bars.reduce((sum, { changes }) => sum + changes, 0)).toBe(3)
		}
		const to = { seconds: 4_000_000_000, nanos: 0 }
		expect((await historyOf(sku, { step: 'PRICE_STEP_DAY', from: to })).bars).toEqual([])
		expect((await historyOf(sku, { step: 'PRICE_STEP_DAY', to })).bars.at(-1)?.closeMinor).toBe(1100)
	})

	test('refuses what is not valid, and names the field', async () => {
		const sku = await priced(1)
		const time = { seconds: 1_700_000_000, nanos: 0 }
		const wrong: [GetPriceHistoryRequest, string][] = [
			[{ sku: 'a b' }, 'sku'],
			[{ pageSize: -1 }, 'page_size'],
			[{ from: time, to: time }, 'to'],
			[{ from: { seconds: -70_000_000_000, nanos: 0 } }, 'from'],
			[{ to: { seconds: 253_402_300_800, nanos: 0 } }, 'to'],
			[{ from: { seconds: 0, nanos: 1_000_000_000 } }, 'from'],
			[{ step: 9 as never }, 'step'],
		]
		for (const [request, field] of wrong) {
			expect(await errorOf(historyOf(sku, request))).toMatchObject({
				reason: 'INVALID_REQUEST',
				fieldViolations: [{ field }],
			})
		}
		expect(await errorOf(historyOf('NOBODY-HAS-IT'))).toMatchObject({
			code: status.NOT_FOUND,
			reason: 'PRODUCT_NOT_FOUND',
			metadata: { skus: 'NOBODY-HAS-IT' },
		})
	})

	test('refuses a token with other arguments', async () => {
		const [sku, other] = [await priced(1, 2), await priced(1, 2)]
		const { nextPageToken: pageToken } = await historyOf(sku, { pageSize: 1 })
		expect((await historyOf(sku, { pageSize: 5, pageToken })).periods).toHaveLength(1)
		const from = { seconds: 1, nanos: 0 }
		for (const request of [{}, { from }, { to: { seconds: 4_000_000_000, nanos: 0 } }, { step: 'PRICE_STEP_DAY' }]) {
			const asked = { pageToken, ...request } as GetPriceHistoryRequest
			const ofSku = Object.keys(request).length === 0 ? other : sku
			expect(await errorOf(historyOf(ofSku, asked))).toMatchObject({ reason: 'PAGE_TOKEN_INVALID' })
		}
	})
})
