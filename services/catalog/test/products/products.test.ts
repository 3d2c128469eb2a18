import { status } from '@grpc/grpc-js'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, tokenFor } from '../start-catalog.ts'

const whole: Product = {
	sku: 'TAB-CAFE.4_x',
	title: 'Café au lait bowls 🍵 – set of 4',
	description: 'Wide bowls.\n\tFour of them, 漢字 and all.',
	brand: 'Lindmora',
	category: 'Home/Kitchen/Tableware',
	price: { currencyCode: 'EUR', amountMinor: Number.MAX_SAFE_INTEGER },
	attributes: { color: 'sand', 'Größe "L"': '' },
	imageUrls: ['https://images.example.com/a.jpg?x=1', 'http://images.example.com/b.jpg'],
}

describe.each(engines)('products on %s', (engine) => {
	const catalog = sharedCatalog(engine)

	test('a created product is active, without stock, with its first etag, and is read as it was created', async () => {
		const created = await catalog.create(whole)
		expect(created).toMatchObject({ ...whole, state: 'STATE_ACTIVE', availableQuantity: 0, etag: '"1"' })
		expect(Math.abs(Number(created.createTime?.seconds) - Date.now() / 1000)).toBeLessThan(60)
		expect(created.updateTime).toEqual(created.createTime)
		expect(await catalog.get('TAB-CAFE.4_x')).toEqual(created)
	})

	test('a product is kept without white space at the ends of its texts, and its category with / between the parts', async () => {
		const padded = {
			title: ' Bowl ',
			description: '\nWide.\n',
			brand: ' Lindmora\u00a0',
			category: ' Home > Kitchen / Bowls',
			attributes: { ' size ': ' L ', constructor: 'Kim' },
		}
		const tidy = {
			title: 'Bowl',
			description: 'Wide.',
			brand: 'Lindmora',
			category: 'Home/Kitchen/Bowls',
			attributes: { size: 'L', constructor: 'Kim' },
		}
		expect(await catalog.create(product({ sku: 'padded', ...padded }))).toMatchObject(tidy)
		await catalog.import([{ upserts: [{ rowNumber: 1, product: product({ sku: 'padded-2', ...padded }) }] }])
		expect(await catalog.get('padded-2')).toMatchObject(tidy)
		const violations = ['product.category', 'product.attributes']
		const error = await errorOf(
			catalog.create(product({ sku: 'padded-3', category: 'Home >', attributes: { size: 'L', 'size ': 'M' } })),
		)
		expect(error.fieldViolations?.map(({ field }) => field)).toEqual(violations)
	})

	test('a product with a taken sku is refused, and skus differ by case', async () => {
		await catalog.create(product({ sku: 'twice' }))
		const error = await errorOf(catalog.create(product({ sku: 'twice', title: 'Other' })))
		expect(error).toMatchObject({ code: status.ALREADY_EXISTS, reason: 'PRODUCT_EXISTS', metadata: { sku: 'twice' } })
		expect(await catalog.get('twice')).toMatchObject({ title: 'Stoneware mug' })
		await catalog.create(product({ sku: 'TWICE' }))
	})

	test('of twenty calls that create the same product at the same time, one succeeds', async () => {
		const attempts = Array.from({ length: 20 }, () => catalog.create(product({ sku: 'race' })))
		const outcomes = await Promise.allSettled(attempts)
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
	})

	test('an invalid product is refused with every field at fault', async () => {
		const error = await errorOf(
			catalog.create({
				sku: 'no spaces',
				title: ' ',
				description: 'x'.repeat(5001),
				brand: 'a\u0000b',
				category: 'Home//Kitchen',
				price: { currencyCode: 'eur', amountMinor: -1 },
				attributes: { '': 'empty key', color: 'x'.repeat(501) },
				imageUrls: ['https://example.com/fine.jpg', 'javascript:alert(1)'],
			}),
		)
		expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(error.fieldViolations?.map(({ field }) => field)).toEqual([
			'product.sku',
			'product.title',
			'product.description',
			'product.brand',
			'product.category',
			'product.price.currency_code',
			'product.price.amount_minor',
			'product.attributes',
			'product.attributes["color"]',
			'product.image_urls[1]',
		])
	})

	test.each<[string, Product]>([
		['product.sku', { sku: '' }],
		['product.sku', { sku: 'x'.repeat(65) }],
		['product.sku', { sku: 'MUG-1\n' }],
		['product.title', { title: '' }],
		['product.title', { title: 'é'.repeat(201) }],
		['product.title', { title: 'two\nlines' }],
		['product.title', { title: 'delete\u007f' }],
		['product.description', { description: 'nul \u0000' }],
		['product.brand', { brand: 'x'.repeat(101) }],
		['product.category', { category: '/Home' }],
		['product.category', { category: `Home/${'x'.repeat(200)}` }],
		['product.price', { price: null }],
		['product.price.currency_code', { price: { currencyCode: 'ABC', amountMinor: 1 } }],
		['product.price.amount_minor', { price: { currencyCode: 'EUR', amountMinor: '9007199254740992' } }],
		['product.price.amount_minor', { price: { currencyCode: 'EUR', amountMinor: '9223372036854775807' } }],
		[
			'product.attributes',
			{ attributes: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`k${index}`, ''])) },
		],
		['product.attributes', { attributes: { ['k'.repeat(41)]: 'value' } }],
		['product.image_urls', { imageUrls: Array(21).fill('https://example.com/a.jpg') }],
		['product.image_urls[0]', { imageUrls: ['/relative.jpg'] }],
		['product.image_urls[0]', { imageUrls: ['https://'] }],
		['product.image_urls[0]', { imageUrls: [`https://example.com/${'x'.repeat(2000)}`] }],
	])('the field %s is named when %j is refused', async (field, fields) => {
		const error = await errorOf(catalog.create(product({ sku: 'refused', ...fields })))
		expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(error.fieldViolations?.map((violation) => violation.field)).toEqual([field])
	})

	test('a creation without a product is refused', async () => {
		const error = await errorOf(catalog.create(undefined))
		expect(error.fieldViolations).toEqual([{ field: 'product', description: 'is required' }])
	})

	test('the length of a text is counted in characters, not in UTF-16 units', async () => {
		const created = await catalog.create(product({ sku: 'emoji', title: '🍵'.repeat(200) }))
		expect(created.title).toBe('🍵'.repeat(200))
	})

	test('a look-up of an unknown sku is NOT_FOUND, one of a malformed sku is INVALID_ARGUMENT', async () => {
		const missing = await errorOf(catalog.get('nowhere'))
		expect(missing).toMatchObject({
			code: status.NOT_FOUND,
			reason: 'PRODUCT_NOT_FOUND',
			metadata: { skus: 'nowhere' },
		})
		const impossible = await errorOf(catalog.get("' or 1=1 --\u0000"))
		expect(impossible).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(impossible.fieldViolations?.[0]?.field).toBe('sku')
	})

	test('a batch returns products in the order of its skus, and repeats repeated ones', async () => {
		for (const sku of ['batch-a', 'batch-b', 'batch-c']) await catalog.create(product({ sku }))
		await catalog.archive('batch-b')
		const { products } = await catalog.batchGet(['batch-c', 'batch-a', 'batch-c', 'batch-b'])
		expect(products.map(({ sku }) => sku)).toEqual(['batch-c', 'batch-a', 'batch-c', 'batch-b'])
		expect(products[3]?.state).toBe('STATE_ARCHIVED')
	})

	test('a batch with missing products is refused, and the error names each missing sku once', async () => {
		const error = await errorOf(catalog.batchGet(['gone-1', 'batch-a', 'gone-2', 'gone-1']))
		expect(error).toMatchObject({
			code: status.NOT_FOUND,
			reason: 'PRODUCT_NOT_FOUND',
			metadata: { skus: 'gone-1,gone-2' },
		})
		const hundred = Array.from({ length: 100 }, (_, index) => `${index}-`.padEnd(64, 'x'))
		expect((await errorOf(catalog.batchGet(hundred))).metadata?.['skus']?.split(',')).toEqual(hundred)
	})

	test('a batch has 1 to 100 valid skus', async () => {
		expect(await errorOf(catalog.batchGet([]))).toMatchObject({ reason: 'INVALID_REQUEST' })
		expect(await errorOf(catalog.batchGet(Array(101).fill('batch-a')))).toMatchObject({ reason: 'INVALID_REQUEST' })
		expect((await catalog.batchGet(Array(100).fill('batch-a'))).products).toHaveLength(100)
		const error = await errorOf(catalog.batchGet(['batch-a', 'not a sku']))
		expect(error.fieldViolations?.[0]?.field).toBe('skus[1]')
	})

	test('an update without a mask replaces every field that can change, and no other', async () => {
		const created = await catalog.create({ ...whole, sku: 'replace' })
		const updated = await catalog.update({
			...product({ sku: 'replace', title: 'New' }),
			state: 'STATE_ARCHIVED',
			availableQuantity: 99,
			etag: created.etag,
		})
		expect(updated).toMatchObject({
			title: 'New',
			description: '',
			brand: '',
			category: '',
			price: { currencyCode: 'EUR', amountMinor: 1290 },
			attributes: {},
			imageUrls: [],
			state: 'STATE_ACTIVE',
			availableQuantity: 0,
			etag: '"2"',
			createTime: created.createTime,
		})
	})

	test.each<[string, Product, Product]>([
		['title', { title: 'New' }, { title: 'New' }],
		['price', { price: { currencyCode: 'USD', amountMinor: 5 } }, { price: { currencyCode: 'USD', amountMinor: 5 } }],
		[
			'price.amount_minor',
			{ price: { currencyCode: '', amountMinor: 5 } },
			{ price: { currencyCode: 'EUR', amountMinor: 5 } },
		],
		['image_urls', { imageUrls: [] }, { imageUrls: [] }],
		['attributes', { attributes: { a: 'b' } }, { attributes: { a: 'b' } }],
		['category', { title: '' }, { category: '' }],
	])('an update with the mask %s changes no other field', async (path, fields, expected) => {
		const sku = `mask-${path}`
		const before = await catalog.create({ ...whole, sku, price: { currencyCode: 'EUR', amountMinor: 1 } })
		const after = await catalog.update({ sku, ...fields }, [path])
		expect(after).toEqual({ ...before, ...expected, etag: '"2"', updateTime: after.updateTime })
	})

	test('an update validates the fields of its mask and ignores the others', async () => {
		await catalog.create(product({ sku: 'masked' }))
		const error = await errorOf(catalog.update({ sku: 'masked', brand: '\u0001' }, ['title', 'price']))
		expect(error.fieldViolations?.map(({ field }) => field)).toEqual(['product.title', 'product.price'])
		expect((await errorOf(catalog.update({ sku: 'masked' }, ['price.amount_minor']))).fieldViolations).toHaveLength(1)
		expect((await errorOf(catalog.update({ title: 'New' }, ['title']))).fieldViolations?.[0]?.field).toBe('product.sku')
	})

	test.each([
		'sku',
		'state',
		'available_quantity',
		'etag',
		'create_time',
		'imageUrls',
		'nonsense',
		'',
		'title.x',
		'__proto__',
	])('an update mask with the path %j is refused', async (path) => {
		await catalog.create(product({ sku: 'mask' })).catch(() => {})
		const error = await errorOf(catalog.update(product({ sku: 'mask', title: 'New' }), ['title', path]))
		expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(error.fieldViolations?.[0]?.field).toBe('update_mask.paths[1]')
	})

	test('an update with an etag succeeds only on the version with that etag', async () => {
		await catalog.create(product({ sku: 'tagged' }))
		await catalog.update(product({ sku: 'tagged', title: 'Second', etag: '"1"' }))
		for (const etag of ['"1"', '"3"', '2', 'W/"2"', 'x'.repeat(1000)]) {
			const error = await errorOf(catalog.update(product({ sku: 'tagged', title: 'Third', etag })))
			expect(error).toMatchObject({ code: status.ABORTED, reason: 'ETAG_MISMATCH' })
		}
		expect(await catalog.get('tagged')).toMatchObject({ title: 'Second', etag: '"2"' })
	})

	test('of ten updates of one version at the same time, one succeeds', async () => {
		await catalog.create(product({ sku: 'contended' }))
		const update = (_: unknown, index: number) =>
			catalog.update(product({ sku: 'contended', title: `Title ${index}`, etag: '"1"' }))
		const outcomes = await Promise.allSettled(Array.from({ length: 10 }, update))
		expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
		expect((await catalog.get('contended')).etag).toBe('"2"')
	})

	test('an archived product can be read and unarchived, and a repeated call changes nothing', async () => {
		await catalog.create(product({ sku: 'old' }))
		expect(await catalog.archive('old', '"1"')).toMatchObject({ state: 'STATE_ARCHIVED', etag: '"2"' })
		expect(await catalog.archive('old')).toMatchObject({ state: 'STATE_ARCHIVED', etag: '"2"' })
		expect(await catalog.get('old')).toMatchObject({ state: 'STATE_ARCHIVED' })
		expect(await errorOf(catalog.unarchive('old', '"1"'))).toMatchObject({
			code: status.ABORTED,
			reason: 'ETAG_MISMATCH',
		})
		expect(await catalog.unarchive('old', '"2"')).toMatchObject({ state: 'STATE_ACTIVE', etag: '"3"' })
		expect(await catalog.unarchive('old')).toMatchObject({ state: 'STATE_ACTIVE', etag: '"3"' })
	})

	test('an archived product can be updated and stays archived', async () => {
		await catalog.create(product({ sku: 'edited' }))
		await catalog.archive('edited')
		expect(await catalog.update(product({ sku: 'edited', title: 'New' }))).toMatchObject({
			state: 'STATE_ARCHIVED',
			title: 'New',
		})
	})

	test('an update, an archiving and an unarchiving of an unknown product are NOT_FOUND', async () => {
		const calls = [
			() => catalog.update(product({ sku: 'nowhere' })),
			() => catalog.archive('nowhere'),
			() => catalog.unarchive('nowhere'),
		]
		for (const call of calls) {
			expect(await errorOf(call())).toMatchObject({ code: status.NOT_FOUND, reason: 'PRODUCT_NOT_FOUND' })
		}
		expect(await errorOf(catalog.archive(''))).toMatchObject({ reason: 'INVALID_REQUEST' })
	})

	test('a creation needs a token with the scope catalog:write', async () => {
		const nobody = await errorOf(catalog.create(product({ sku: 'scope' }), ''))
		expect(nobody).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'UNAUTHENTICATED' })
		const reader = await errorOf(catalog.create(product({ sku: 'scope' }), tokenFor('orders:read stock:reserve')))
		expect(reader).toMatchObject({
			code: status.PERMISSION_DENIED,
			reason: 'SCOPE_MISSING',
			text: 'the token lacks the scope catalog:write',
			metadata: { scope: 'catalog:write' },
		})
		expect(await errorOf(catalog.get('scope'))).toMatchObject({ reason: 'PRODUCT_NOT_FOUND' })
	})

	test('held stock is not available', async () => {
		await catalog.import([{ upserts: [{ rowNumber: 1, product: product({ sku: 'held' }), onHand: 10 }] }])
		await catalog.hold('held', 3)
		expect(await catalog.get('held')).toMatchObject({ availableQuantity: 7, etag: '"1"' })
	})
})
