import type { Product } from '@mercat/catalog-api/messages/Product'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { product, startTestCatalog, type TestCatalog, upserts } from '../start-catalog.ts'

const full: Product = product({
	description: 'Holds 350 ml.',
	brand: 'Lindmora',
	category: 'Home/Kitchen',
	attributes: { colour: 'sand', material: 'stoneware' },
	imageUrls: ['https://images.example.com/mug.jpg'],
	group: 'MUGS',
})

/** A row with some fields of a product. */
function row(paths: string[], fields: Product, others: Omit<ProductUpsert, 'product'> = {}): ProductUpsert {
	return { rowNumber: 1, product: { sku: 'MUG-1', ...fields }, updateMask: { paths }, ...others }
}

async function importOne(catalog: TestCatalog, upsert: ProductUpsert) {
	const [response] = await catalog.import([{ upserts: [upsert] }])
	return response
}

describe.each(engines)('a row with a mask on %s', (engine) => {
	test('changes the fields of its mask, and leaves the others as they are', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full], 7) }])
		const before = await catalog.get('MUG-1')

		const price = { currencyCode: 'EUR', amountMinor: 990 }
		expect(await importOne(catalog, row(['title', 'price'], { title: 'Clay mug', price }))).toMatchObject({
			updatedCount: 1,
			contentChangedCount: 1,
			priceChangedCount: 1,
		})
		const { etag: _, updateTime: __, lowestPrice30d: ___, ...kept } = before
		expect(await catalog.get('MUG-1')).toMatchObject({ ...kept, title: 'Clay mug', price })
		expect((await catalog.search({ query: 'clay' })).totalSize).toBe(1)

		expect(await importOne(catalog, row(['price'], { price: { ...price, amountMinor: 880 } }))).toMatchObject({
			updatedCount: 1,
			contentChangedCount: 0,
			priceChangedCount: 1,
		})
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'Clay mug', price: { amountMinor: 880 }, etag: '"3"' })
		expect((await catalog.search({ query: 'clay' })).totalSize).toBe(1)
	})

	test('clears the fields of its mask that are empty', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full]) }])
		const paths = ['description', 'brand', 'category', 'attributes', 'image_urls', 'group']
		expect(await importOne(catalog, row(paths, {}))).toMatchObject({ updatedCount: 1 })
		const empty = { description: '', brand: '', category: '', attributes: {}, imageUrls: [], group: '' }
		expect(await catalog.get('MUG-1')).toMatchObject({ title: 'Stoneware mug', ...empty })
		expect(await importOne(catalog, row(paths, {}))).toMatchObject({ unchangedCount: 1 })
	})

	test('sets and removes single attributes, whatever their names', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full]) }])
		const attributes = JSON.parse('{ "colour": "blue", "a.b": "dotted", "__proto__": "odd" }')
		const paths = ['attributes.colour', 'attributes.material', 'attributes.a.b', 'attributes.__proto__']
		expect(await importOne(catalog, row(paths, { attributes }))).toMatchObject({ updatedCount: 1, failures: [] })
		const stored = Object.entries((await catalog.get('MUG-1')).attributes)
		expect(stored.toSorted()).toEqual([
			['__proto__', 'odd'],
			['a.b', 'dotted'],
			['colour', 'blue'],
		])
		expect(await importOne(catalog, row(paths, { attributes }))).toMatchObject({ unchangedCount: 1 })
	})

	test('may clear more attributes than a product may have, and gives it as many as it may have', async () => {
		await using catalog = await startTestCatalog(engine)
		const names = Array.from({ length: 60 }, (_, at) => `a${at}`)
		const paths = ['title', 'price', ...names.map((name) => `attributes.${name}`)]
		const { title, price } = full
		const having = (count: number) => ({
			title,
			price,
			attributes: Object.fromEntries(names.slice(0, count).map((name) => [name, 'x'])),
		})
		expect(await importOne(catalog, row(paths, having(50)))).toMatchObject({ createdCount: 1, failures: [] })
		expect(await importOne(catalog, row(paths, having(1)))).toMatchObject({ updatedCount: 1, failures: [] })
		expect((await catalog.get('MUG-1')).attributes).toEqual({ a0: 'x' })
		const tooMany = { message: 'product.attributes must have at most 50 entries' }
		expect(await importOne(catalog, row(paths, having(51)))).toMatchObject({ failures: [tooMany] })
	})

	test('counts the sku of another system among the attributes of a new product, too', async () => {
		await using catalog = await startTestCatalog(engine)
		const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`a${at}`, 'x']))
		const upsert = { rowNumber: 1, product: { ...full, attributes }, sourceSku: 'MUG/1' }
		const tooMany = { message: 'product.attributes must have at most 50 entries' }
		expect(await importOne(catalog, upsert)).toMatchObject({ createdCount: 0, failures: [tooMany] })
	})

	test('changes only the stock when its mask names only the sku', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full], 7) }])
		const before = await catalog.get('MUG-1')
		expect(await importOne(catalog, row(['sku'], {}, { onHand: 3 }))).toMatchObject({
			updatedCount: 1,
			contentChangedCount: 0,
			stockChangedCount: 1,
		})
		expect(await catalog.get('MUG-1')).toEqual({ ...before, availableQuantity: 3 })
	})

	test('fails when it clears the title or the price, and changes nothing', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full]) }])
		const before = await catalog.get('MUG-1')
		for (const path of ['title', 'price']) {
			const failures = [{ reason: 'INVALID_REQUEST', message: expect.stringContaining(`product.${path}`) }]
			expect(await importOne(catalog, row([path, 'brand'], { brand: 'Other' }))).toMatchObject({ failures })
		}
		expect(await catalog.get('MUG-1')).toEqual(before)
	})

	test('is not looked at outside of its mask', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts([full]) }])
		const wrong = { brand: 'Other', title: '', imageUrls: ['no'], category: '//', group: 'a b' }
		expect(await importOne(catalog, row(['brand'], wrong))).toMatchObject({ updatedCount: 1, failures: [] })
		const failures = [{ message: expect.stringMatching(/group must be empty or have 1 to 64/) }]
		expect(await importOne(catalog, row(['group'], wrong))).toMatchObject({ failures })
	})

	test('fails when it names an unknown field', async () => {
		await using catalog = await startTestCatalog(engine)
		const message =
			'update_mask.paths[1] must be one of sku, title, description, brand, category, price, attributes, image_urls, group, attributes.NAME'
		expect(await importOne(catalog, row(['title', 'weight'], full))).toMatchObject({ failures: [{ message }] })
	})

	test('creates a product only with a title and a price', async () => {
		await using catalog = await startTestCatalog(engine)
		const price = { currencyCode: 'EUR', amountMinor: 990 }
		const message = 'there is no product with this sku, and a new one needs a title and a price'
		const failures = [{ rowNumber: 1, sku: 'MUG-1', reason: 'INVALID_REQUEST', message }]
		expect(await importOne(catalog, row(['sku'], full, { onHand: 5 }))).toMatchObject({ failures })
		expect(await importOne(catalog, row(['price'], full))).toMatchObject({ failures })
		expect(await importOne(catalog, row(['title'], full))).toMatchObject({ failures })
		const created = row(['title', 'price', 'attributes.colour'], { ...full, price }, { onHand: 5 })
		expect(await importOne(catalog, created)).toMatchObject({ createdCount: 1 })
		expect(await catalog.get('MUG-1')).toMatchObject({
			title: 'Stoneware mug',
			price,
			brand: '',
			attributes: { colour: 'sand' },
			availableQuantity: 5,
		})
	})

	test('refuses more attributes than a product may have, also when they come one by one', async () => {
		await using catalog = await startTestCatalog(engine)
		const attributes = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`a${index}`, 'x']))
		await catalog.import([{ upserts: upserts([{ ...full, attributes }]) }])
		const failures = [{ message: 'product.attributes must have at most 50 entries' }]
		expect(await importOne(catalog, row(['attributes.b'], { attributes: { b: 'x' } }))).toMatchObject({ failures })
		expect(await importOne(catalog, row(['attributes.b', 'attributes.a7'], { attributes: { b: 'x' } }))).toMatchObject({
			updatedCount: 1,
		})
	})
})

describe.each(engines)('a row whose sku was made from another one on %s', (engine) => {
	test('keeps the other one as an attribute, also when the row replaces all attributes', async () => {
		await using catalog = await startTestCatalog(engine)
		const sourceSku = 'MUG/1 blue'
		const one = { rowNumber: 1, product: full, sourceSku }
		expect(await importOne(catalog, one)).toMatchObject({ createdCount: 1 })
		expect(await catalog.get('MUG-1')).toMatchObject({ attributes: { ...full.attributes, sourceSku } })
		expect(await importOne(catalog, one)).toMatchObject({ unchangedCount: 1 })
		expect(await importOne(catalog, row(['attributes'], {}, { sourceSku }))).toMatchObject({ updatedCount: 1 })
		expect((await catalog.get('MUG-1')).attributes).toEqual({ sourceSku })
	})

	test('is refused when the product was made from a third one, or from none', async () => {
		await using catalog = await startTestCatalog(engine)
		const given = (sku: string, sourceSku: string) => ({ rowNumber: 1, product: { ...full, sku }, sourceSku })
		await importOne(catalog, given('MADE', 'a b'))
		await importOne(catalog, given('PLAIN', 'PLAIN'))
		const taken = (message: string) => ({ failures: [{ reason: 'SKU_TAKEN', message, changedParts: [] }] })
		expect(await importOne(catalog, given('MADE', 'a/b'))).toMatchObject(
			taken('a/b becomes MADE, which is the product of a b'),
		)
		expect(await importOne(catalog, given('MADE', 'MADE'))).toMatchObject(
			taken('MADE is the product that was made from a b'),
		)
		expect(await importOne(catalog, given('PLAIN', 'PL AIN'))).toMatchObject(
			taken('PL AIN becomes PLAIN, which is another product'),
		)
		expect(await importOne(catalog, given('PLAIN', 'PLAIN'))).toMatchObject({ unchangedCount: 1 })
		// A row of our own format has only the sku.
		expect(await importOne(catalog, row(['brand'], { sku: 'MADE', brand: 'Other' }))).toMatchObject({ updatedCount: 1 })
	})
})
