import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ColumnsView } from '../../../src/search/columns/columns.ts'
import type { Search } from '../../../src/search/request/search-request.ts'
import { createAttributeFacetsStore } from '../../../src/search/selecting/attribute-facets-store.ts'
import { createSelect } from '../../../src/search/selecting/create-select.ts'
import type { Selection } from '../../../src/search/selecting/selection.ts'
import { columnsOf, openColumnsDatabase, writeProducts } from '../columns/search-columns.ts'
import { listing, type PlainProduct, type PlainRequest, plainSelection } from './plain-selection.ts'

const categories = ['', 'Home', 'Home/Kitchen', 'Home/Kitchen/Pots', 'Home & Garden', 'Books/Слова', 'Books']
const brands = ['', 'Lindmora', 'Nordhø', 'Æther', '100%_off']
const amounts = [0, 1, 99, 100, 2 ** 32, 2 ** 53 - 1]

const writtenProduct = fc.record({
	sku: fc.integer({ min: 0, max: 40 }).map((number) => `${'aB-._'[number % 5]}${number}`),
	changesText: fc.boolean(),
	category: fc.constantFrom(...categories),
	brand: fc.constantFrom(...brands),
	group: fc.constantFrom('', '', 'mug', 'shirt', 'shoe'),
	currency: fc.constantFrom('EUR', 'USD'),
	amount: fc.constantFrom(...amounts),
	createdAt: fc.constantFrom('2026-01-01T00:00:00.123Z', '2026-03-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z'),
	onHand: fc.constantFrom(0, 0, 5),
	archived: fc.constantFrom(false, false, true),
})
const writes = fc.array(fc.uniqueArray(writtenProduct, { selector: ({ sku }) => sku, minLength: 1, maxLength: 12 }), {
	minLength: 1,
	maxLength: 4,
})
const search: fc.Arbitrary<Search> = fc.record({
	...(Object.fromEntries(Object.entries(listing).map(([name, value]) => [name, fc.constant(value)])) as {
		[Name in keyof Search]: fc.Arbitrary<Search[Name]>
	}),
	categories: fc.subarray([...categories.slice(1), 'Hom'], { maxLength: 2 }),
	brands: fc.subarray([...brands.slice(1), 'Unknown'], { maxLength: 2 }),
	inStock: fc.boolean(),
	currency: fc.constantFrom(undefined, 'EUR', 'USD', 'JPY'),
	minAmountMinor: fc.constantFrom(undefined, 1, 100),
	maxAmountMinor: fc.constantFrom(undefined, 99, 2 ** 32),
	order: fc.constantFrom('relevance', 'price', 'price desc', 'newest'),
	collapse: fc.boolean(),
})
const asked = fc.record({
	search: fc.oneof(search, fc.constant(listing)),
	// Few scores, so that many products tie.
	scores: fc.option(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 9 }), { nil: undefined }),
	size: fc.integer({ min: 1, max: 12 }),
	most: fc.constantFrom(10_000, 1, 2, 5, 9),
})

describe.each(engines)('a selection on %s', (engine) => {
	test('is a plain filter and sort, page by page, after any writes', async () => {
		await using database = await openColumnsDatabase(engine)
		await using columns = columnsOf(database, { mostStates: 5 })
		const catalog = createModel()
		await fc.assert(
			fc.asyncProperty(writes, fc.array(asked, { minLength: 1, maxLength: 6 }), async (batches, requests) => {
				for (const batch of batches) await writeProducts(database, catalog.write(batch))
				const view = await columns.view()
				for (const { search, scores, size, most } of requests) {
					const { select } = selectOf(database, most)
					const products = [...catalog.products.values()]
					const found = scores && new Map(products.map(({ doc }, index) => [doc, scores[index % scores.length] ?? 0]))
					await comparePages(view, products, { search, scores: found, after: undefined, size, most }, select)
				}
			}),
			{ numRuns: engine === 'postgres' ? 40 : 15 },
		)
	})
})

type Select = (view: ColumnsView, request: PlainRequest) => Promise<Selection>

function selectOf(database: Database, most?: number): { select: Select } {
	const select = createSelect(createAttributeFacetsStore(database), { most })
	return {
		select: (view, { scores, most: _, ...request }) => {
			const candidates = scores && {
				docs: Uint32Array.from(scores.keys()),
				scores: Int32Array.from(scores.values()),
				count: scores.size,
			}
			return select({ view, candidates, budget: budgetForEach(5_000), ...request })
		},
	}
}

async function comparePages(view: ColumnsView, products: PlainProduct[], request: PlainRequest, select: Select) {
	let after: PlainRequest['after']
	for (;;) {
		const expected = plainSelection(products, { ...request, after })
		const selection = await select(view, { ...request, after })
		expect(selection).toEqual(expected)
		if (!selection.hasMore) return
		after = selection.hits.at(-1)
	}
}

/** The products as they should be. A text that changes gets a new doc. */
function createModel() {
	const products = new Map<string, PlainProduct>()
	let docs = 0
	return {
		products,
		write(batch: (Omit<PlainProduct, 'doc' | 'title'> & { changesText: boolean })[]): PlainProduct[] {
			return batch.map(({ changesText, ...product }) => {
				const known = products.get(product.sku)
				const doc = known === undefined || changesText ? ++docs : known.doc
				const written = { title: 'A thing', ...product, doc }
				products.set(product.sku, written)
				return written
			})
		},
	}
}

describe('a selection', () => {
	test('ranks the ten thousand best-scored candidates, and says that there are more', async () => {
		await using database = await openColumnsDatabase('postgres')
		const products = Array.from({ length: 10_030 }, (_, index) => ({
			sku: `P-${String((index * 7_919) % 10_030).padStart(5, '0')}`,
			doc: index + 1,
			// The cheapest ones have the lowest scores.
			amount: index,
			onHand: index % 2,
		}))
		for (let first = 0; first < products.length; first += 1_000) {
			await writeProducts(database, products.slice(first, first + 1_000))
		}
		await using columns = columnsOf(database)
		const view = await columns.view()
		const { select } = selectOf(database)
		const scores = new Map(products.map(({ doc, amount }) => [doc, amount]))
		const find = (order: Search['order'], after?: PlainRequest['after'], inStock = false) =>
			select(view, { search: { ...listing, order, inStock }, scores, after, size: 100 })

		const byPrice = await find('price')
		expect(byPrice).toMatchObject({ totalSize: 10_000, totalSizeExact: false })
		expect(byPrice.hits.map(({ sortKey }) => sortKey)).toEqual(Array.from({ length: 100 }, (_, index) => 30 + index))
		const pages = [await find('relevance')]
		for (let last = pages[0]; last?.hasMore; last = pages.at(-1)) pages.push(await find('relevance', last.hits.at(-1)))
		expect(pages.map(({ totalSize, totalSizeExact }) => [totalSize, totalSizeExact])).toEqual(
			Array(100).fill([10_000, false]),
		)
		const skus = pages.flatMap(({ hits }) => hits.map(({ sku }) => sku))
		expect(skus).toEqual(
			products
				.toReversed()
				.slice(0, 10_000)
				.map(({ sku }) => sku),
		)
		expect(await find('relevance', undefined, true)).toMatchObject({ totalSize: 5_015, totalSizeExact: true })
	})

	test('of products with one score ranks those in stock first, then by sku, wherever it is cut', async () => {
		await using database = await openColumnsDatabase('postgres')
		const catalog = createModel()
		const written = Array.from({ length: 40 }, (_, index) => ({
			sku: `P-${String((index * 7) % 40).padStart(2, '0')}`,
			changesText: true,
			category: ['Home', 'Home/Kitchen', 'Books'][index % 3] as string,
			brand: index % 5 === 0 ? 'Rare' : 'Common',
			group: '',
			currency: 'EUR',
			amount: 100,
			createdAt: '2026-01-01T00:00:00Z',
			onHand: index % 4,
			archived: index % 11 === 0,
		}))
		await writeProducts(database, catalog.write(written))
		await using columns = columnsOf(database)
		const view = await columns.view()
		const products = [...catalog.products.values()]
		const scores = new Map(products.map(({ doc }) => [doc, doc % 9 === 0 ? 2 : 1]))
		for (const search of [listing, { ...listing, brands: ['Common'] }, { ...listing, categories: ['Home'] }]) {
			for (let most = 1; most <= 40; most++) {
				const request = { search, scores, after: undefined, size: 7, most }
				await comparePages(view, products, request, selectOf(database, most).select)
			}
		}
	})

	test('finds the few products that pass the filter, however low their scores are', async () => {
		await using database = await openColumnsDatabase('postgres')
		const products = Array.from({ length: 3_000 }, (_, index) => ({
			sku: `P-${index}`,
			doc: index + 1,
			brand: index % 1_000 === 7 ? 'Rare' : 'Common',
		}))
		await writeProducts(database, products)
		await using columns = columnsOf(database)
		const scores = new Map(products.map(({ doc }) => [doc, 3_000 - doc]))
		const search = { ...listing, brands: ['Rare'] }
		const { select } = selectOf(database, 10)
		const found = await select(await columns.view(), { search, scores, after: undefined, size: 20 })
		expect(found.hits.map(({ sku }) => sku)).toEqual(['P-7', 'P-1007', 'P-2007'])
		expect(found).toMatchObject({ totalSize: 3, totalSizeExact: true })
		expect(found.facets[1]?.values).toEqual([
			{ value: 'Common', count: 2_997 },
			{ value: 'Rare', count: 3 },
		])
	})

	test.each(engines)('on %s counts the values of the attributes that are asked for, among its hits', async (engine) => {
		await using database = await openColumnsDatabase(engine)
		await writeProducts(
			database,
			['A', 'B', 'C', 'D', 'E'].map((sku, index) => ({ sku, doc: index + 1, onHand: index === 4 ? 0 : 1 })),
		)
		const colours = { A: 'red', B: 'red', C: 'blue', E: 'green' }
		for (const [sku, color] of Object.entries(colours)) {
			await database.query('update product set attributes = $2 where sku = $1', [
				sku,
				JSON.stringify({ color, size: '' }),
			])
		}
		await using columns = columnsOf(database)
		const search = { ...listing, inStock: true, attributeFacets: ['size', 'color', 'none'] }
		const { select } = selectOf(database)
		const { facets } = await select(await columns.view(), { search, scores: undefined, after: undefined, size: 1 })
		expect(facets.slice(3)).toEqual([
			{ field: 'attributes.size', values: [] },
			{
				field: 'attributes.color',
				values: [
					{ value: 'red', count: 2 },
					{ value: 'blue', count: 1 },
				],
			},
			{ field: 'attributes.none', values: [] },
		])
	})

	test('counts the whole catalog at most every few seconds, and every filter anew', async () => {
		await using database = await openColumnsDatabase('postgres')
		await writeProducts(database, [{ sku: 'A', doc: 1, brand: 'Old' }])
		await using columns = columnsOf(database)
		const { select } = selectOf(database)
		const brands = async (search: Search) => {
			const { facets } = await select(await columns.view(), { search, scores: undefined, after: undefined, size: 1 })
			return facets[1]?.values
		}
		expect(await brands(listing)).toEqual([{ value: 'Old', count: 1 }])
		await writeProducts(database, [{ sku: 'B', doc: 2, brand: 'New' }])
		expect(await brands({ ...listing, currency: 'EUR' })).toHaveLength(2)
		await eventually(async () => expect(await brands(listing)).toHaveLength(2), { interval: 200 })
	})
})
