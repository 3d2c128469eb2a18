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

async function holds() {
	const options = { timeoutMs: 60_000, token: feedsToken() }
	const request = { source: 'twice' }
	const { heldPrices } = await callUnary(catalog.clients.catalog, catalogRpcs.ListHeldPrices, request, options)
	return heldPrices.map(({ id, newPrice }) => ({ id, amountMinor: newPrice?.amountMinor }))
}

test('a second row of a sku that differs is rejected, and the hold of the first one stays the same from run to run', async () => {
	let body = feedOf('TWICE', 3)
	await using source = await startSource((request, response) => answer(body)(request, response))
	const feed = testFeed(source.origin, { name: 'twice' })
	await syncOnce(catalog, [feed])
	const [head, , ...others] = body.trimEnd().split('\n')
	const dear = 'TWICE-0,Title 0 of TWICE,100.00,EUR,0'
	const dearer = 'TWICE-0,Title 0 of TWICE,200.00,EUR,0'
	body = [head, dear, dearer, ...others, ''].join('\n')
	const report = await syncOnce(catalog, [feed])
	expect(report.feeds).toMatchObject([{ outcome: 'held', rows: 4, held: 1, rejected: 1, unchanged: 2, missing: 0 }])
	expect(report.rows).toMatchObject([
		{ line: 2, sku: 'TWICE-0', outcome: 'held', rule: 'PRICE_ROSE', new: '100.00 EUR' },
		{ line: 3, sku: 'TWICE-0', outcome: 'rejected', rule: 'SKU_REPEATED', detail: expect.stringContaining('2') },
	])
	const first = await holds()
	expect(first).toMatchObject([{ amountMinor: 10_000 }])
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'held', held: 1, rejected: 1 }])
	expect(await holds()).toEqual(first)
})
