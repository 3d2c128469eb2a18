import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedOf, feedsToken, syncOnce } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

const options = () => ({ timeoutMs: 60_000, token: feedsToken() })

test('while prices are held, a source that has not changed is held and not unchanged', async () => {
	let body = feedOf('WAIT', 5)
	await using source = await startSource((request, response) => {
		const etag = `"${body.length}"`
		if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
		else answer(body, { etag })(request, response)
	})
	const feed = testFeed(source.origin, { name: 'wait' })
	await syncOnce(catalog, [feed])
	body = feedOf('WAIT', 5, (n) => (n < 2 ? '100.00' : (n + 1).toFixed(2)))
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'held', held: 2, reason: '' }])
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([
		{ outcome: 'held', rows: 0, held: 2, reason: 'the source has not changed, and 2 prices are held' },
	])
	const { heldPrices } = await callUnary(
		catalog.clients.catalog,
		catalogRpcs.ListHeldPrices,
		{ source: 'wait' },
		options(),
	)
	for (const { id, newPrice: price } of heldPrices) {
		const request = { holdId: id, price, resolution: 'HOLD_RESOLUTION_APPROVE' as const }
		await callUnary(catalog.clients.catalog, catalogRpcs.ResolveHeldPrice, request, options())
	}
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'unchanged', held: 0, reason: '' }])
})
