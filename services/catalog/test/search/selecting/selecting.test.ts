import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
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
				const { select } = selectOf(database)
				for (const { search, scores, size } of requests) {
					const products = [...catalog.products.values()]
					const found = scores && new Map(products.map(({ doc }, index) => [doc, scores[index % scores.length] ?? 0]))
					await comparePages(view, products, { search, scores: found, after: undefined, size }, select)
				}
			}),
			{ numRuns: engine === 'postgres' ? 40 : 15 },
		)
	})
})

type Select = (view: ColumnsView, request: PlainRequest) => Promise<Selection>

function selectOf(database: Database): { select: Select } {
	const select = createSelect(createAttributeFacetsStore(database))
	return {
		select: (view, { scores, ...request }) => {
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
