import { status } from '@grpc/grpc-js'
import type { Product } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, upserts } from '../start-catalog.ts'

const eur = (amountMinor: number) => ({ currencyCode: 'EUR', amountMinor })

const shop: Product[] = [
	product({
		sku: 'MUG-STONE-350',
		title: 'Stoneware mug, 350 ml',
		brand: 'Lindmora',
		category: 'Home/Kitchen/Tableware',
		price: eur(1290),
		attributes: { color: 'speckled grey' },
	}),
	product({
		sku: 'TAB-CAFE-SET4',
		title: 'Café au lait bowls, set of 4',
		brand: 'Lindmora',
		category: 'Home/Kitchen/Tableware',
		price: eur(4900),
	}),
	product({
		sku: 'CHR-OAK-01',
		title: 'Oak chair',
		brand: 'Nordhø',
		category: 'Home/Furniture',
		price: eur(18900),
		description: 'Goes with a mug of tea.',
	}),
	product({
		sku: 'CHR-PINE-02',
		title: 'Pine chairs, pair',
		brand: 'Nordhø',
		category: 'Home/Furniture',
		price: eur(24900),
	}),
	product({
		sku: 'TEA-STRASSE',
		title: 'Straßenkarte',
		brand: 'Æther',
		category: 'Books',
		price: { currencyCode: 'USD', amountMinor: 900 },
	}),
	product({
		sku: 'CAM-1',
		title: 'Running camera',
		brand: '100%_off',
		category: 'Home_Kitchen',
		price: { currencyCode: 'JPY', amountMinor: 500 },
	}),
	product({ sku: 'RU-1', title: 'Чайник Ёлка', brand: 'Łódź', category: 'Books/Слова', price: eur(100) }),
	product({ sku: 'KR-1', title: '한국 도자기 がま', price: eur(100) }),
	product({ sku: '---', title: 'Three dashes', price: eur(100) }),
	product({ sku: 'MUG', title: 'Something else altogether', price: eur(100) }),
]

const skus = ({ products }: SearchProductsResponse__Output) => products.map(({ sku }) => sku)

describe.each(engines)('a search on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const find = async (query: string, rest: SearchProductsRequest = {}) => skus(await catalog.search({ query, ...rest }))

	beforeAll(async () => {
		await catalog.import([
			{ upserts: [...upserts(shop.slice(0, 3), 5), ...upserts(shop.slice(3))] },
			{ upserts: upserts([product({ sku: 'GONE', title: 'Archived mug' })], 5) },
		])
		await catalog.archive('GONE')
	})

	const inStock = ['CHR-OAK-01', 'MUG-STONE-350', 'TAB-CAFE-SET4']

	test('lists every product that is not archived for an empty query, products in stock first', async () => {
		const all = shop.map(({ sku }) => sku as string).sort()
		const expected = [...inStock, ...all.filter((sku) => !inStock.includes(sku))]
		expect(await find('')).toEqual(expected)
		expect(await find(' \n ')).toEqual(expected)
		expect(await catalog.search({})).toMatchObject({ totalSize: shop.length, totalSizeExact: true, nextPageToken: '' })
	})

	test('returns products as a look-up returns them', async () => {
		const { products } = await catalog.search({ query: 'stoneware' })
		expect(products).toEqual([await catalog.get('MUG-STONE-350')])
	})

	test('ranks the exact sku first in any case, then titles, then descriptions', async () => {
		expect(await find('MUG')).toEqual(['MUG', 'MUG-STONE-350', 'CHR-OAK-01'])
		expect((await find('mug'))[0]).toBe('MUG')
		expect((await find('mug-stone-350'))[0]).toBe('MUG-STONE-350')
		expect(await find('---')).toEqual(['---'])
	})

	test('finds by brand, category, attribute and part of the sku', async () => {
		expect(await find('lindmora')).toHaveLength(2)
		expect(await find('tableware')).toHaveLength(2)
		expect(await find('speckled')).toEqual(['MUG-STONE-350'])
		expect(await find('oak 01')).toEqual(['CHR-OAK-01'])
	})

	test('finds products that have every word, in any field and any order', async () => {
		expect(await find('mug lindmora')).toEqual(['MUG-STONE-350'])
		expect(await find('nordhø oak')).toEqual(['CHR-OAK-01'])
	})

	test.each([
		['s', 'MUG-STONE-350'],
		['ston', 'MUG-STONE-350'],
		['lindmora sto', 'MUG-STONE-350'],
		['MUG-ST', 'MUG-STONE-350'],
		['runni', 'CAM-1'],
		['чайн', 'RU-1'],
	])('completes the last word of "%s"', async (query, sku) => {
		expect(await find(query)).toContain(sku)
	})

	test('finds words by their stem, and ignores words like "the"', async () => {
		expect(await find('chair')).toEqual(['CHR-OAK-01', 'CHR-PINE-02'])
		expect(await find('chairs')).toEqual(['CHR-PINE-02', 'CHR-OAK-01'])
		expect(await find('chairs oak')).toEqual(['CHR-OAK-01'])
		expect(await find('the oak chair')).toEqual(['CHR-OAK-01'])
	})

	test.each([
		['cafe', 'TAB-CAFE-SET4'],
		['CAFÉ', 'TAB-CAFE-SET4'],
		['cafe\u0301', 'TAB-CAFE-SET4'],
		['ｃａｆｅ', 'TAB-CAFE-SET4'],
		['nordho', 'CHR-OAK-01'],
		['NORDHØ', 'CHR-OAK-01'],
		['strassenkarte', 'TEA-STRASSE'],
		['STRAẞENKARTE', 'TEA-STRASSE'],
		['aether', 'TEA-STRASSE'],
		['lodz', 'RU-1'],
		['елка', 'RU-1'],
		['слова', 'RU-1'],
		['한국', 'KR-1'],
		['がま', 'KR-1'],
	])('finds "%s" in any spelling of its letters', async (query, sku) => {
		expect(await find(query)).toContain(sku)
	})

	test.each([
		['stonware', 'MUG-STONE-350'],
		['stonewrae mug', 'MUG-STONE-350'],
		['stonwar', 'MUG-STONE-350'],
		['stoneware tabelware', 'MUG-STONE-350'],
		['stonware speckled', 'MUG-STONE-350'],
		['lindmroa mug', 'MUG-STONE-350'],
		['chiar', 'CHR-OAK-01'],
		['camrea', 'CAM-1'],
		['strasenkart', 'TEA-STRASSE'],
		['чаиник', 'RU-1'],
		['чанйик', 'RU-1'],
	])('forgives the typo in "%s", because no product matches it as it stands', async (query, sku) => {
		expect((await find(query))[0]).toBe(sku)
	})

	test.each(['kettle', 'oka', 'nonexistent', 'stnwre', 'xyz'])(
		'does not take "%s" for a typo of another word',
		async (query) => {
			expect(await find(query)).toEqual([])
		},
	)

	test('tells how products match, and corrects only words that no product has', async () => {
		expect(await catalog.search({ query: 'oak chair' })).toMatchObject({ match: 'MATCH_ALL', correctedQuery: '' })
		const corrected = await catalog.search({ query: 'Oak chiar' })
		expect(corrected).toMatchObject({ match: 'MATCH_CORRECTED', correctedQuery: 'Oak chair' })
		expect(skus(corrected)).toEqual(['CHR-OAK-01'])
	})

	test.each([
		['oak pine', ['CHR-OAK-01', 'CHR-PINE-02']],
		['oak pine chair', ['CHR-OAK-01', 'CHR-PINE-02']],
		['mgu café', ['TAB-CAFE-SET4']],
		['xyzzy speckled grey', ['MUG-STONE-350']],
	])('finds the products with the largest part of "%s", because no product has all words', async (query, expected) => {
		const response = await catalog.search({ query })
		expect(response).toMatchObject({ match: 'MATCH_SOME', correctedQuery: '', totalSize: expected.length })
		expect(skus(response)).toEqual(expected)
	})

	test('forgives no typo when only the filter excludes every match', async () => {
		const filter = { brands: ['Lindmora'] }
		expect(await catalog.search({ query: 'chair', filter })).toMatchObject({ products: [], match: 'MATCH_ALL' })
	})

	test.each([
		'qwertzuiop',
		'!!!',
		'🍵',
		'%',
		'_',
		'\\',
		"'",
		"'; drop table product; --",
		'a & | ! <-> :*',
		'((',
		'\u0000',
		':*',
		'*',
	])('takes the query %j as plain text', async (query) => {
		expect(await find(query)).toEqual(query.includes('a &') ? expect.any(Array) : [])
	})

	test('takes queries of up to 20,000 characters of any kind', async () => {
		for (const letter of ['x', 'mug ', '\ufdfa', '한', '&', "'", '\ud83c\udf75', 'ß', 'ก', '"', '-', '-a ', 'a"']) {
			for (const length of [500, 20_000]) await catalog.search({ query: letter.repeat(length).slice(0, length) })
		}
		expect(await find(`${'mug '.repeat(16)} and words beyond the sixteenth`)).toContain('MUG-STONE-350')
		for (const length of [20_001, 300_000]) {
			const error = await errorOf(catalog.search({ query: 'x'.repeat(length) }))
			expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
			expect(error.fieldViolations?.[0]?.field).toBe('query')
		}
	})

	test('filters by a category and the categories below it, but not by a category with the same beginning', async () => {
		expect(await find('', { filter: { categories: ['Home'] } })).toEqual([...inStock, 'CHR-PINE-02'])
		expect(await find('', { filter: { categories: ['Home/Kitchen'] } })).toEqual(['MUG-STONE-350', 'TAB-CAFE-SET4'])
		expect(await find('', { filter: { categories: ['Home_Kitchen', 'Books/Слова'] } })).toEqual(['CAM-1', 'RU-1'])
		expect(await find('', { filter: { categories: ['Home/Kit', 'H%', 'Home.Kitchen'] } })).toEqual([])
	})

	test('filters by brand, stock, currency and price, all of them at once', async () => {
		expect(await find('', { filter: { brands: ['100%_off', 'Nordhø'] } })).toEqual([
			'CHR-OAK-01',
			'CAM-1',
			'CHR-PINE-02',
		])
		expect(await find('', { filter: { brands: ['nordhø'] } })).toEqual([])
		expect(await find('', { filter: { inStock: true } })).toEqual(['CHR-OAK-01', 'MUG-STONE-350', 'TAB-CAFE-SET4'])
		expect(await find('', { filter: { currencyCode: 'JPY' } })).toEqual(['CAM-1'])
		const bounds = { currencyCode: 'EUR', minAmountMinor: 1290, maxAmountMinor: 18900 }
		expect(await find('', { filter: bounds })).toEqual(['CHR-OAK-01', 'MUG-STONE-350', 'TAB-CAFE-SET4'])
		expect(await find('', { filter: { ...bounds, maxAmountMinor: 1290 } })).toEqual(['MUG-STONE-350'])
		expect(await find('', { filter: { currencyCode: 'EUR', maxAmountMinor: 0 } })).toEqual([])
		const all = { ...bounds, brands: ['Nordhø'], categories: ['Home/Furniture'], inStock: true }
		expect(await find('chair', { filter: all })).toEqual(['CHR-OAK-01'])
	})

	test('does not count a product as in stock when all of its stock is held', async () => {
		await catalog.import([
			{ upserts: [{ rowNumber: 1, product: product({ sku: 'HELD', title: 'Heldentat' }), onHand: 2 }] },
		])
		expect(await find('heldentat', { filter: { inStock: true } })).toEqual(['HELD'])
		await catalog.hold('HELD', 2)
		expect(await find('heldentat', { filter: { inStock: true } })).toEqual([])
		await catalog.archive('HELD')
	})

	test('orders by ascending price, by descending price, and by age', async () => {
		const filter = { currencyCode: 'EUR', categories: ['Home'] }
		const byPrice = ['MUG-STONE-350', 'TAB-CAFE-SET4', 'CHR-OAK-01', 'CHR-PINE-02']
		expect(await find('', { filter, orderBy: 'price' })).toEqual(byPrice)
		expect(await find('', { filter, orderBy: 'price desc' })).toEqual(byPrice.toReversed())
		expect(await find('', { filter, orderBy: 'relevance' })).toEqual([...inStock, 'CHR-PINE-02'])
		await catalog.create(product({ sku: 'ZZ-NEWEST' }))
		expect((await find('', { orderBy: 'newest' }))[0]).toBe('ZZ-NEWEST')
		await catalog.archive('ZZ-NEWEST')
	})

	test('an attribute that is named twice has one facet, which counts each product once', async () => {
		const { facets } = await catalog.search({ attributeFacets: ['color', 'color'] })
		const once = await catalog.search({ attributeFacets: ['color'] })
		expect(facets).toEqual(once.facets)
	})

	test.each<[string, SearchProductsRequest]>([
		['order_by', { orderBy: 'title' }],
		['order_by', { orderBy: 'price asc; drop table product' }],
		['collapse', { collapse: 7 as never }],
		['page_size', { pageSize: -1 }],
		['filter.currency_code', { orderBy: 'price' }],
		['filter.currency_code', { orderBy: 'price desc', filter: { inStock: true } }],
		['filter.currency_code', { filter: { minAmountMinor: 0 } }],
		['filter.currency_code', { filter: { maxAmountMinor: 10 } }],
		['filter.currency_code', { filter: { currencyCode: 'eur' } }],
		['filter.min_amount_minor', { filter: { currencyCode: 'EUR', minAmountMinor: -1 } }],
		['filter.max_amount_minor', { filter: { currencyCode: 'EUR', maxAmountMinor: -1 } }],
		['filter.max_amount_minor', { filter: { currencyCode: 'EUR', maxAmountMinor: '9007199254740992' } }],
		['filter.min_amount_minor', { filter: { currencyCode: 'EUR', minAmountMinor: 2, maxAmountMinor: 1 } }],
		['filter.categories[0]', { filter: { categories: ['a\u0000'] } }],
		['filter.brands[1]', { filter: { brands: ['a', '\u0000'] } }],
		['filter.brands', { filter: { brands: Array(51).fill('a') } }],
	])('names the field %s when it refuses %j', async (field, request) => {
		const error = await errorOf(catalog.search(request))
		expect(error).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(error.fieldViolations?.map((violation) => violation.field)).toEqual([field])
	})

	test('counts every category path, brand and stock state in its facets', async () => {
		const { facets } = await catalog.search({ filter: { currencyCode: 'EUR' } })
		expect(facets).toEqual([
			{
				field: 'category',
				values: [
					{ value: 'Home', count: 4 },
					{ value: 'Home/Furniture', count: 2 },
					{ value: 'Home/Kitchen', count: 2 },
					{ value: 'Home/Kitchen/Tableware', count: 2 },
					{ value: 'Books', count: 1 },
					{ value: 'Books/Слова', count: 1 },
				],
			},
			{
				field: 'brand',
				values: [
					{ value: 'Lindmora', count: 2 },
					{ value: 'Nordhø', count: 2 },
					{ value: 'Łódź', count: 1 },
				],
			},
			{
				field: 'in_stock',
				values: [
					{ value: 'false', count: 5 },
					{ value: 'true', count: 3 },
				],
			},
		])
	})

	test('counts each facet without its own filter and with the other filters', async () => {
		const filter = { categories: ['Home/Furniture'], brands: ['Lindmora'], inStock: true }
		const { totalSize, facets } = await catalog.search({ filter })
		expect(totalSize).toBe(0)
		const [category, brand, inStock] = facets.map(({ values }) => values)
		expect(category).toEqual([
			{ value: 'Home', count: 2 },
			{ value: 'Home/Kitchen', count: 2 },
			{ value: 'Home/Kitchen/Tableware', count: 2 },
		])
		expect(brand).toEqual([{ value: 'Nordhø', count: 1 }])
		expect(inStock).toEqual([])
	})
})
