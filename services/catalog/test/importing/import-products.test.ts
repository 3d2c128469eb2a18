import { status } from '@grpc/grpc-js'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { errorOf, product, startTestCatalog, type TestCatalog, tokenFor, upserts } from '../start-catalog.ts'

const counts = (createdCount: number, updatedCount: number, unchangedCount: number) =>
	expect.objectContaining({ createdCount, updatedCount, unchangedCount, failures: [] })

function many(count: number, fields: (index: number) => Product = () => ({})): Product[] {
	return Array.from({ length: count }, (_, index) => {
		const sku = `P-${String(index).padStart(5, '0')}`
		const description = `Number ${index}, dishwasher safe. `.repeat(5).trim()
		const attributes = { color: 'sand', material: 'stoneware', number: String(index) }
		const usual = {
			sku,
			title: `Stoneware mug ${index}`,
			description,
			brand: 'Lindmora',
			category: 'Home/Kitchen',
			attributes,
		}
		return product({ ...usual, ...fields(index) })
	})
}

// The deltas of a sku in the ledger. Stops the service to read them.
async function movements(catalog: TestCatalog, sku: string): Promise<number[]> {
	await using database = await catalog.stopAndOpenDatabase()
	const rows = await database.query<{ delta: number }>(
		'select delta from stock_movement where sku = $1 order by created_at, cause',
		[sku],
	)
	return rows.map(({ delta }) => delta)
}

describe.each(engines)('an import on %s', (engine) => {
	test('creates, updates or leaves each product, and changes nothing when it is repeated', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = many(20)
		expect(await catalog.import([{ upserts: upserts(rows, 7) }])).toEqual([counts(20, 0, 0)])
		const before = await catalog.get('P-00003')
		expect(before).toMatchObject({ ...rows[3], availableQuantity: 7, etag: '"1"' })
		expect(await catalog.import([{ upserts: upserts(rows, 7) }])).toEqual([counts(0, 0, 20)])
		expect(await catalog.get('P-00003')).toEqual(before)

		const [first, second, ...rest] = rows as [Product, Product, ...Product[]]
		const changed = [{ ...first, title: 'Other' }, { ...second, attributes: { color: 'blue' } }, ...rest]
		expect(await catalog.import([{ upserts: upserts(changed) }])).toEqual([counts(0, 2, 18)])
		expect(await catalog.get('P-00000')).toMatchObject({ title: 'Other', etag: '"2"', availableQuantity: 7 })
		expect(await catalog.get('P-00001')).toMatchObject({ attributes: { color: 'blue' }, etag: '"2"' })
		const { products } = await catalog.search({ query: 'other' })
		expect(products.map(({ sku }) => sku)).toEqual(['P-00000'])
	})

	test('answers each request on a stream with one response, in order', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = many(30)
		const requests = [rows.slice(0, 5), rows.slice(0, 20), [], rows.slice(15)].map((part) => ({
			upserts: upserts(part),
		}))
		expect(await catalog.import(requests)).toEqual([
			counts(5, 0, 0),
			counts(15, 0, 5),
			counts(0, 0, 0),
			counts(10, 0, 5),
		])
	})

	test('takes 500 products in one request', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = many(500)
		expect(await catalog.import([{ upserts: upserts(rows, 100) }])).toEqual([counts(500, 0, 0)])
		const again = rows.map((row) => ({ ...row, brand: 'Other' }))
		expect(await catalog.import([{ upserts: upserts(again, 90) }])).toEqual([counts(0, 500, 0)])
		expect(await catalog.search({ query: 'other', pageSize: 1 })).toMatchObject({ totalSize: 500 })
	})

	test('refuses a request with more than 500 products as a whole', async () => {
		await using catalog = await startTestCatalog(engine)
		const error = await errorOf(catalog.import([{ upserts: upserts(many(501)) }]))
		expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect((await catalog.search({})).totalSize).toBe(0)
	})

	test('names the invalid rows and imports the valid ones', async () => {
		await using catalog = await startTestCatalog(engine)
		const [response] = await catalog.import([
			{
				upserts: [
					{ rowNumber: 11, product: product({ sku: 'good' }) },
					{
						rowNumber: 12,
						product: product({ sku: 'bad', title: '', price: { currencyCode: 'EUR', amountMinor: -1 } }),
					},
					{ rowNumber: 13, product: null },
					{ rowNumber: 14, product: product({ sku: 'minus' }), onHand: -1 },
					{ rowNumber: 15, product: product({ sku: 'x'.repeat(5000) }) },
					{ rowNumber: 16, product: product({ sku: 'huge' }), onHand: '9007199254740992' },
					{ rowNumber: 17, product: product({ sku: 'nul', brand: '\u0000' }) },
					{ rowNumber: 18, product: product({ sku: 'long', attributes: { fit: 'wide', care: 'x'.repeat(501) } }) },
					{ rowNumber: 19, product: product({ sku: 'key', attributes: { [`key ${'k'.repeat(41)}`]: 'x' } }) },
					{ rowNumber: 20, product: product({ sku: 'urls', imageUrls: Array(8).fill('no') }) },
				],
			},
		])
		expect(response).toMatchObject({ createdCount: 1, updatedCount: 0, unchangedCount: 0 })
		const failures = response?.failures ?? []
		expect(failures.map(({ rowNumber, sku, reason }) => [rowNumber, sku, reason])).toEqual([
			[12, 'bad', 'INVALID_REQUEST'],
			[13, '', 'INVALID_REQUEST'],
			[14, 'minus', 'INVALID_REQUEST'],
			[15, 'x'.repeat(64), 'INVALID_REQUEST'],
			[16, 'huge', 'INVALID_REQUEST'],
			[17, 'nul', 'INVALID_REQUEST'],
			[18, 'long', 'INVALID_REQUEST'],
			[19, 'key', 'INVALID_REQUEST'],
			[20, 'urls', 'INVALID_REQUEST'],
		])
		expect(failures[6]?.message).toBe('product.attributes["care"] must have at most 500 characters')
		expect(failures[7]?.message).toBe(
			`product.attributes every key must have 1 to 40 characters, unlike "key ${'k'.repeat(36)}" …`,
		)
		expect(failures[8]?.message).toMatch(/^product.image_urls\[0\] .*; 3 more$/)
		expect(failures[0]?.message).toContain('product.title')
		expect(failures[0]?.message).toContain('product.price.amount_minor')
		expect(failures[2]?.message).toContain('on_hand')
		expect((await catalog.search({})).products.map(({ sku }) => sku)).toEqual(['good'])
	})

	test('does not change an archived product, and names its row', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([product({ sku: 'old' })], 5) }])
		const before = await catalog.archive('old')
		const rows = [product({ sku: 'new' }), product({ sku: 'old', title: 'Back' })]
		const [response] = await catalog.import([{ upserts: upserts(rows, 9) }])
		expect(response).toMatchObject({
			createdCount: 1,
			failures: [{ rowNumber: 2, sku: 'old', reason: 'PRODUCT_ARCHIVED' }],
		})
		expect(await catalog.get('old')).toEqual(before)
		expect(await movements(catalog, 'old')).toEqual([5])
	})

	test('sets the stock only of rows that give it, and writes each change to the ledger', async () => {
		await using catalog = await startTestCatalog(engine)
		const row = [product()]
		for (const onHand of [10, 10, undefined, 4, 4, 0]) await catalog.import([{ upserts: upserts(row, onHand) }])
		expect(await catalog.get('MUG-1')).toMatchObject({ availableQuantity: 0, etag: '"1"' })
		expect(await movements(catalog, 'MUG-1')).toEqual([10, -6, -4])
	})

	test('counts a row that changes only the stock as an update', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([product()], 1) }])
		expect(await catalog.import([{ upserts: upserts([product()], 2) }])).toEqual([counts(0, 1, 0)])
	})

	test('never sets the stock below the held quantity, and names the row', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([product()], 10) }])
		await catalog.hold('MUG-1', 6)
		const [response] = await catalog.import([
			{ upserts: upserts([product({ title: 'New' }), product({ sku: 'other' })], 5) },
		])
		expect(response).toMatchObject({
			createdCount: 1,
			updatedCount: 0,
			contentChangedCount: 1,
			priceChangedCount: 0,
			stockChangedCount: 0,
			failures: [{ rowNumber: 1, sku: 'MUG-1', reason: 'STOCK_HELD', changedParts: ['content'] }],
		})
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'New', availableQuantity: 4 })
		expect(await catalog.import([{ upserts: upserts([product({ title: 'New' })], 6) }])).toEqual([counts(0, 1, 0)])
		expect(await catalog.get('MUG-1')).toMatchObject({ availableQuantity: 0 })
		expect(await movements(catalog, 'MUG-1')).toEqual([10, -4])
	})

	test('counts the parts of products that were changed, also by a row whose stock could not be set', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = ['held', 'priced', 'named', 'counted', 'same'].map((sku) => product({ sku }))
		await catalog.import([{ upserts: upserts(rows, 10) }])
		await catalog.hold('held', 6)
		const price = { currencyCode: 'EUR', amountMinor: 77 }
		const changed = [
			{ rowNumber: 1, product: product({ sku: 'held', title: 'New', price }), onHand: 5 },
			{ rowNumber: 2, product: product({ sku: 'priced', price }), onHand: 10 },
			{ rowNumber: 3, product: product({ sku: 'named', title: 'New' }) },
			{ rowNumber: 4, product: product({ sku: 'counted' }), onHand: 11 },
			{ rowNumber: 5, product: product({ sku: 'same' }), onHand: 10 },
			{ rowNumber: 6, product: product({ sku: 'new' }), onHand: 10 },
		]
		expect(await catalog.import([{ upserts: changed }])).toMatchObject([
			{
				createdCount: 1,
				updatedCount: 3,
				unchangedCount: 1,
				contentChangedCount: 2,
				priceChangedCount: 2,
				stockChangedCount: 1,
				failures: [{ rowNumber: 1, reason: 'STOCK_HELD', changedParts: ['content', 'price'] }],
			},
		])
	})

	test('applies rows with the same sku in their order, so that the last one wins', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = ['One', 'Two', 'Two', 'Three'].map((title) => product({ title }))
		const given = upserts(rows).map((upsert, index) => ({ ...upsert, rowNumber: 1, onHand: index + 1 }))
		expect(await catalog.import([{ upserts: given }])).toEqual([counts(1, 3, 0)])
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'Three', availableQuantity: 4 })
		expect(await catalog.import([{ upserts: upserts([product({ title: 'Three' })], 4) }])).toEqual([counts(0, 0, 1)])
		expect(await movements(catalog, 'MUG-1')).toEqual([1, 1, 1, 1])
	})

	test('succeeds while other imports, creations and reservations use the same products in opposite orders', async () => {
		await using catalog = await startTestCatalog(engine)
		const rows = many(60)
		const importing = Array.from({ length: 6 }, (_, round) => {
			const titled = rows.map((row) => ({ ...row, title: `Title ${round}` }))
			return catalog.import([{ upserts: upserts(round % 2 === 0 ? titled : titled.toReversed(), 1000 + round) }])
		})
		const others = Array.from({ length: 30 }, (_, index) => [
			catalog.create(rows[index * 2] as Product).catch(() => {}),
			catalog.hold(`P-${String(index).padStart(5, '0')}`, 1),
		])
		const responses = (await Promise.all(importing)).flat()
		await Promise.all(others.flat())
		for (const { createdCount, updatedCount, unchangedCount, failures } of responses) {
			expect(failures).toEqual([])
			expect(createdCount + updatedCount + unchangedCount).toBe(60)
		}
		const stock = await catalog.stock('P-00000')
		expect(await movements(catalog, 'P-00000')).toSatisfy(
			(deltas: number[]) => deltas.reduce((a, b) => a + b) === stock?.onHand,
		)
	})

	test('needs a token with the scope catalog:write', async () => {
		await using catalog = await startTestCatalog(engine)
		const call = catalog.import([{ upserts: upserts([product()]) }], tokenFor('stock:reserve'))
		expect(await errorOf(call)).toMatchObject({ code: status.PERMISSION_DENIED, reason: 'SCOPE_MISSING' })
		const nobody = catalog.import([{ upserts: upserts([product()]) }], 'nonsense')
		expect(await errorOf(nobody)).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'UNAUTHENTICATED' })
		expect((await catalog.search({})).totalSize).toBe(0)
	})
})
