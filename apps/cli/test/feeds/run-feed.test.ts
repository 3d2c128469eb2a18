import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource, type TestSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedOf, feedsToken, listProducts, syncOnce } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

/** A source whose feed the test changes. */
async function startChangingSource(first: string): Promise<TestSource & { body: string }> {
	const state = { body: first }
	const source = await startSource((request, response) => {
		const etag = `"${Buffer.from(state.body).toString('base64').length}-${state.body.length}"`
		if (request.headers['if-none-match'] === etag) response.writeHead(304).end()
		else answer(state.body, { etag })(request, response)
	})
	return Object.assign(state, source, { [Symbol.asyncDispose]: () => source[Symbol.asyncDispose]() })
}

test('a feed creates its products, and is unchanged the next time, which the source says', async () => {
	await using source = await startChangingSource(feedOf('NEW', 5))
	const feed = testFeed(source.origin, { name: 'new' })
	const first = await syncOnce(catalog, [feed])
	expect(first.feeds).toEqual([
		{
			...{ name: 'new', outcome: 'synced', reason: '', ms: expect.any(Number), attempts: 1 },
			...{ bytes: source.body.length, rows: 5, created: 5, updated: 0, unchanged: 0, held: 0, rejected: 0, missing: 0 },
		},
	])
	expect(first.rows).toEqual([])
	const listed = (await listProducts(catalog)).get('NEW-3')
	expect(listed).toMatchObject({ onHand: 3, contentSource: 'new', product: { price: { amountMinor: 400 } } })
	const second = await syncOnce(catalog, [feed])
	expect(second.feeds).toMatchObject([{ outcome: 'unchanged', attempts: 1, bytes: 0, rows: 0 }])
	const changedSettings = await syncOnce(catalog, [{ ...feed, maxMissingPercent: 50 }])
	expect(changedSettings.feeds).toMatchObject([{ outcome: 'synced', rows: 5, unchanged: 5 }])
})

test('a price that changes too much is held, and rows that are wrong are rejected; the others are applied', async () => {
	await using source = await startChangingSource(feedOf('HELD', 6))
	const feed = testFeed(source.origin, { name: 'held' })
	await syncOnce(catalog, [feed])
	source.body = feedOf('HELD', 6, (n) => (n === 0 ? '10.00' : n === 1 ? '1.234,5' : (n + 1.5).toFixed(2)))
		.replace('HELD-0,', 'HELD-0,')
		.replace('HELD-2,Title 2 of HELD', 'HELD-2,New title')
	const report = await syncOnce(catalog, [feed])
	expect(report.feeds).toMatchObject([
		{
			outcome: 'held',
			reason:
				'1 row was rejected (CELL_COUNT 1); missing products are as before, because 1 refused row does not tell its sku',
			rows: 6,
			held: 1,
			rejected: 1,
			updated: 4,
		},
	])
	expect(Object.keys(report.rows[0] ?? {})).toEqual(['feed', 'line', 'sku', 'outcome', 'rule', 'old', 'new', 'detail'])
	expect(report.rows).toEqual([
		{
			...{
				feed: 'held',
				line: 2,
				sku: 'HELD-0',
				outcome: 'held',
				rule: 'PRICE_ROSE',
				old: '1.00 EUR',
				new: '10.00 EUR',
			},
			detail: expect.stringContaining('waits for an approval'),
		},
		expect.objectContaining({ line: 3, outcome: 'rejected' }),
	])
	const products = await listProducts(catalog)
	expect(products.get('HELD-0')?.product?.price?.amountMinor).toBe(100)
	expect(products.get('HELD-2')?.product).toMatchObject({ title: 'New title', price: { amountMinor: 350 } })
	// The rejected row may be taken the next time, so the source is asked for all of it.
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([
		{ outcome: 'held', held: 1, rejected: 1, unchanged: 4 },
	])
})

test.each([
	['keep', 'missing', { state: 'STATE_ACTIVE' }, 9],
	['soldOut', 'soldOut', { state: 'STATE_ACTIVE' }, 0],
	['archive', 'archived', { state: 'STATE_ARCHIVED' }, 9],
] as const)(
	'a product that the feed lacks is retired as onMissing says: %s',
	async (onMissing, outcome, product, onHand) => {
		const prefix = `MISS-${onMissing}`
		await using source = await startChangingSource(feedOf(prefix, 10))
		const feed = testFeed(source.origin, { name: `miss-${onMissing}`, onMissing })
		await syncOnce(catalog, [feed])
		source.body = feedOf(prefix, 9)
		const report = await syncOnce(catalog, [feed])
		expect(report.feeds).toMatchObject([{ outcome: 'synced', rows: 9, unchanged: 9, missing: 1 }])
		expect(report.rows).toMatchObject([{ line: null, sku: `${prefix}-9`, outcome, rule: 'MISSING' }])
		expect((await listProducts(catalog)).get(`${prefix}-9`)).toMatchObject({ product, onHand })
		source.body = feedOf(prefix, 10)
		expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'synced', missing: 0 }])
		expect((await listProducts(catalog)).get(`${prefix}-9`)).toMatchObject({
			product: { state: 'STATE_ACTIVE' },
			onHand: 9,
		})
	},
)

test('a feed that lacks too many products is stopped, and nothing of it is applied', async () => {
	await using source = await startChangingSource(feedOf('GONE', 10))
	const feed = testFeed(source.origin, { name: 'gone', onMissing: 'archive' })
	await syncOnce(catalog, [feed])
	const before = await listProducts(catalog)
	source.body = feedOf('GONE', 7, (n) => (n + 1.2).toFixed(2))
	const report = await syncOnce(catalog, [feed])
	expect(report.feeds).toMatchObject([
		{
			...{ outcome: 'stopped', rows: 0, missing: 3 },
			reason: expect.stringMatching(
				/^3 of 10 products of the source are missing, more than 20 % \(maxMissingPercent\)\. .*archive.*sources give.*higher percentage/,
			),
		},
	])
	expect(await listProducts(catalog)).toEqual(before)
})

test('a feed that loses a few products each time is stopped when too many are missing together', async () => {
	await using source = await startChangingSource(feedOf('FEWER', 10))
	const feed = testFeed(source.origin, { name: 'fewer' })
	await syncOnce(catalog, [feed])
	for (const [rows, outcome, missing] of [
		[9, 'synced', 1],
		[8, 'synced', 2],
		[7, 'stopped', 3],
	] as const) {
		source.body = feedOf('FEWER', rows)
		expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome, missing }])
	}
})

test('a changed onMissing takes the products from sale that were missing before', async () => {
	await using source = await startChangingSource(feedOf('LATER', 10))
	const feed = testFeed(source.origin, { name: 'later' })
	await syncOnce(catalog, [feed])
	source.body = feedOf('LATER', 9)
	await syncOnce(catalog, [feed])
	for (const [onMissing, outcome, onHand, state] of [
		['soldOut', 'soldOut', 0, 'STATE_ACTIVE'],
		['archive', 'archived', 0, 'STATE_ARCHIVED'],
	] as const) {
		const report = await syncOnce(catalog, [{ ...feed, onMissing }])
		expect(report.rows).toMatchObject([{ sku: 'LATER-9', outcome }])
		expect((await listProducts(catalog)).get('LATER-9')).toMatchObject({ onHand, product: { state } })
	}
})

test('a source that goes back to an earlier version is applied, though the one between was applied in part', async () => {
	const [first, second] = [
		feedOf('BACK', 5),
		`${feedOf('BACK', 5, (n) => (n + 1.2).toFixed(2))}BACK-X,No price,,EUR,1\n`,
	]
	await using source = await startChangingSource(first)
	const feed = testFeed(source.origin, { name: 'back' })
	await syncOnce(catalog, [feed])
	source.body = second
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'held', updated: 5, rejected: 1 }])
	source.body = first
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'synced', updated: 5 }])
	expect((await syncOnce(catalog, [feed])).feeds).toMatchObject([{ outcome: 'unchanged' }])
})

test('missing products stay as they are while a refused row does not tell its sku', async () => {
	await using source = await startChangingSource(feedOf('MUTE', 10))
	const feed = testFeed(source.origin, { name: 'mute', onMissing: 'archive' })
	await syncOnce(catalog, [feed])
	source.body = `${feedOf('MUTE', 9)},No sku,1,EUR,1\n`
	const report = await syncOnce(catalog, [feed])
	expect(report.feeds).toMatchObject([
		{
			outcome: 'held',
			rejected: 1,
			missing: 1,
			reason: expect.stringContaining('1 refused row does not tell its sku'),
		},
	])
	expect((await listProducts(catalog)).get('MUTE-9')?.product?.state).toBe('STATE_ACTIVE')
})

test.each([
	['without rows', 'sku,title,price,currency\n', 'stopped', 'the feed has no rows'],
	['whose rows are all refused', 'sku,title,price,currency\nBAD-1,Bad,free,EUR\n', 'stopped', 'every row was refused'],
	['that is one JSON object without a sku', '{"error":"rate limit exceeded"}', 'failed', 'no list of products'],
	['that is an XML element with a text', '<error>rate limit exceeded</error>', 'failed', 'no list of elements'],
	['that is an XML element with texts', '<error><code>429</code><text>slow down</text></error>', 'failed', 'no list'],
	['of XML without products', '<products></products>', 'stopped', 'the feed has no rows'],
	['of an empty JSON list', '[]', 'stopped', 'the feed has no rows'],
	['that ends within a record', `${feedOf('BAD', 3)}BAD-3,Cut`, 'failed', 'the row has 2 cells for 5 columns'],
	['that ends within a quoted cell', `${feedOf('BAD', 3)}BAD-3,"Cut\n1,2,3,4,5\n`, 'failed', 'never closed'],
	[
		'with the error of a program behind its rows',
		`${feedOf('BAD', 3)}\nFatal error: Allowed memory size exhausted in /var/www/export.php on line 7\n`,
		'failed',
		'its last record is broken',
	],
	[
		'of NDJSON whose last line is no JSON',
		'{"sku":"BAD-1","title":"a","price":1,"currency":"EUR"}\n{"sku":"BAD-2","title":}\n',
		'failed',
		'not JSON',
	],
	['with unknown columns', 'one,two\n1,2\n', 'failed', 'one'],
	['of XML that ends between two tags', '<products><product><sku>BAD-1</sku></product>', 'failed', ''],
	[
		'of JSON that ends in an inner list',
		'[{"sku":"BAD-1"},{"sku":"BAD-2","imageUrls":["https://a.example"]',
		'failed',
		'',
	],
])('a feed %s changes nothing', async (_name, body, outcome, reason) => {
	await using source = await startSource(answer(body))
	const before = await listProducts(catalog)
	const report = await syncOnce(catalog, [testFeed(source.origin, { name: 'nothing' })])
	expect(report.feeds).toMatchObject([{ outcome, reason: expect.stringContaining(reason) }])
	expect(await listProducts(catalog)).toEqual(before)
})

test('a feed that waits for the lease of a killed run holds up no other feed of its host', async () => {
	await using source = await startSource((request, response) =>
		answer(feedOf((request.url as string).slice(1), 2))(request, response),
	)
	const names = ['killed-one', 'killed-two']
	for (const feed of names) {
		const options = { timeoutMs: 60_000, token: feedsToken() }
		await callUnary(catalog.clients.catalog, catalogRpcs.BeginFeedRun, { feed, maxPriceChangePercent: 50 }, options)
	}
	const ended: string[] = []
	const feeds = [...names, 'other'].map((name) => testFeed(`${source.origin}/${name}`, { name }))
	const report = await syncOnce(catalog, feeds, { onResult: ({ name }) => ended.push(name) })
	expect(ended[0]).toBe('other')
	expect(report.feeds.map(({ outcome }) => outcome)).toEqual(['synced', 'synced', 'synced'])
})

test('a dry run says what would change, and changes nothing', async () => {
	await using source = await startChangingSource(feedOf('DRY', 10))
	const feed = testFeed(source.origin, { name: 'dry' })
	const before = await listProducts(catalog)
	expect((await syncOnce(catalog, [feed], { dryRun: true })).feeds).toMatchObject([{ outcome: 'synced', created: 10 }])
	expect(await listProducts(catalog)).toEqual(before)
	await syncOnce(catalog, [feed])
	source.body = feedOf('DRY', 9, (n) => (n === 0 ? '100.00' : (n + 1).toFixed(2)))
	const report = await syncOnce(catalog, [{ ...feed, onMissing: 'archive' }], { dryRun: true })
	expect(report.feeds).toMatchObject([{ outcome: 'held', held: 1, unchanged: 8, missing: 1 }])
	expect(report.rows.map(({ sku, outcome }) => [sku, outcome])).toEqual([
		['DRY-0', 'held'],
		['DRY-9', 'archived'],
	])
	expect(report.rows[0]?.detail).toBe('the new price would wait for an approval')
	expect((await listProducts(catalog)).get('DRY-9')?.product?.state).toBe('STATE_ACTIVE')
})
