import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { errorDetails } from '@mercat/catalog-api/errors'
import { marketRpcs } from '@mercat/market-api/load-proto'
import type { GetPriceHistoryRequest } from '@mercat/market-api/messages/GetPriceHistoryRequest'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { startFolding } from '../folding/folding-process.ts'
import { noon } from '../noon.ts'
import { messagesOf, type ServedPrices, servePrices } from './serve-prices.ts'
import { inShort, timeOf } from './watch-bars.ts'

const history = ({ client }: ServedPrices, request: GetPriceHistoryRequest) =>
	callUnary(client, marketRpcs.GetPriceHistory, request, { timeoutMs: 20_000 })

/** The bars of each page, in short. */
async function pagesOf(prices: ServedPrices, request: GetPriceHistoryRequest): Promise<string[][]> {
	const pages: string[][] = []
	let pageToken = ''
	do {
		const page = await history(prices, { ...request, pageToken })
		pages.push(page.bars.map((bar) => inShort({ sku: request.sku as string, bar })))
		pageToken = page.nextPageToken
	} while (pageToken !== '')
	return pages
}

const errorOf = (call: Promise<unknown>) =>
	call.then(
		() => ({ code: status.OK }),
		(error) => ({ code: error.code, text: error.details, ...errorDetails(error) }),
	)

describe.each(engines)('the history of a price on %s', (engine) => {
	test('has the bars of a span in pages, those that are not stored, too', async () => {
		await using prices = await servePrices(engine)
		const source = await startFolding(prices.database)
		await source.fold(messagesOf([1, 2, 3, 61, 62].map((second) => ['GOLD', second, 100 + second])), noon)
		await source.bars.store()
		const seconds = { sku: 'GOLD', step: 'STEP_SECOND', from: timeOf(2), to: timeOf(62) } as const
		expect(await pagesOf(prices, { ...seconds, pageSize: 2 })).toEqual([
			['GOLD 12.00.02: 102 102 102 102 ×1', 'GOLD 12.00.03: 103 103 103 103 ×1'],
			['GOLD 12.01.01: 161 161 161 161 ×1'],
		])
		const minutes = { sku: 'GOLD', from: timeOf(30), to: timeOf(3_600) }
		expect(await pagesOf(prices, { ...minutes, pageSize: 1 })).toEqual([
			['GOLD 12.00.00: 101 103 101 103 ×3'],
			['GOLD 12.01.00: 161 162 161 162 ×2'],
		])
	})

	test('has all bars of a step on one page', async () => {
		await using prices = await servePrices(engine)
		const source = await startFolding(prices.database)
		const [euros, dollars, later] = messagesOf([
			['GOLD', 1, 100],
			['GOLD', 1, 110],
			['GOLD', 2, 120],
		])
		Object.assign(dollars?.ticks[0] ?? {}, { currency: 'USD' })
		await source.fold([euros, dollars, later] as ReturnType<typeof messagesOf>, noon)
		await source.bars.store()
		const request = { sku: 'GOLD', step: 'STEP_SECOND', from: timeOf(0), to: timeOf(60), pageSize: 1 } as const
		expect((await pagesOf(prices, request)).map((page) => page.length)).toEqual([2, 1])
	})
})

test('the history of a product without a price is empty, and that of no product is NOT_FOUND', async () => {
	await using prices = await servePrices('pglite')
	expect(await history(prices, { sku: 'KNOWN' })).toEqual({ bars: [], nextPageToken: '' })
	expect(await errorOf(history(prices, { sku: 'NONE' }))).toMatchObject({
		code: status.NOT_FOUND,
		reason: 'PRODUCT_NOT_FOUND',
		metadata: { skus: 'NONE' },
	})
	const source = await startFolding(prices.database)
	await source.fold(messagesOf([['GONE', 1, 100]]), noon)
	await source.bars.store()
	expect((await history(prices, { sku: 'GONE', from: timeOf(60), to: timeOf(120) })).bars).toEqual([])
})

test.each([
	['a sku that is none', { sku: 'no sku' }, 'sku must have'],
	['an end before its begin', { sku: 'GOLD', from: timeOf(2), to: timeOf(1) }, 'to must be later than from'],
	['a time that is none', { sku: 'GOLD', from: { seconds: 1e15 } }, 'from must be a time'],
	['a negative page size', { sku: 'GOLD', pageSize: -1 }, 'page_size must not be negative'],
])('a history with %s is refused', async (_what, request, text) => {
	await using prices = await servePrices('pglite')
	expect(await errorOf(history(prices, request))).toMatchObject({
		code: status.INVALID_ARGUMENT,
		reason: 'INVALID_REQUEST',
		text: expect.stringContaining(text),
	})
})

test('a page token belongs to its product and its step', async () => {
	await using prices = await servePrices('pglite')
	const source = await startFolding(prices.database)
	await source.fold(messagesOf([1, 2, 3].map((second) => ['GOLD', second, 100])), noon)
	const request = { sku: 'GOLD', step: 'STEP_SECOND', from: timeOf(0), to: timeOf(60), pageSize: 1 } as const
	await source.bars.store()
	const { nextPageToken: pageToken } = await history(prices, request)
	for (const other of [{ sku: 'OIL' }, { step: 'STEP_MINUTE' }, { to: timeOf(59) }] as const) {
		expect(await errorOf(history(prices, { ...request, ...other, pageToken }))).toMatchObject({
			reason: 'PAGE_TOKEN_INVALID',
		})
	}
})
