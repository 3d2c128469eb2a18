import { readFileSync } from 'node:fs'
import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createProductStore } from '../../../src/products/product-store.ts'
import { analyseProduct } from '../../../src/search/analysis/analyse-product.ts'
import { analysisVersion } from '../../../src/search/analysis/analysis-version.ts'
import { createDocNumbers } from '../../../src/search/index/doc-numbers.ts'
import { takeDocRanges, writeSegment } from '../../../src/search/index/segment-store.ts'
import { indexTexts } from '../../../src/search/indexing/index-texts.ts'
import { createTextIndex } from '../../../src/search/indexing/text-index-store.ts'
import { insertAsBefore, type OpenBuild, openBuild, renameAsBefore } from './open-build.ts'

const fields = {
	sku: 'NEW',
	title: 'A new mug',
	description: '',
	brand: '',
	category: '',
	currency: 'EUR',
	amountMinor: 100,
	attributes: {},
	imageUrls: [],
	group: '',
}

/** What others do to product P-3 after the build has read it. */
const changes: [what: string, change: (build: OpenBuild) => Promise<unknown>][] = [
	['a new text', ({ products }) => products.changeProduct('P-3', (product) => ({ ...product, title: 'A cup' }))],
	['a new text from a replica of the version before', ({ database }) => renameAsBefore(database, 'P-3', 'A cup')],
	['a new price', ({ products }) => products.changeProduct('P-3', (product) => ({ ...product, amountMinor: 5 }))],
	[
		'another archived state',
		({ products }) => products.changeProduct('P-3', (product) => ({ ...product, archived: true })),
	],
]

describe.each(engines)('a build of the index on %s', (engine) => {
	test('stops after any batch, and another process goes on with it', async () => {
		await using build = await openBuild(engine, 9)
		for (let batch = 0; batch < 12; batch++) await build.build({ batches: 1 })
		await build.expectWhole()
		const docs = (await build.rows()).map(({ doc }) => doc)
		expect(new Set(docs).size).toBe(9)
		await build.build()
		expect((await build.rows()).map(({ doc }) => doc)).toEqual(docs)
	})

	test.each(changes)('indexes a product that gets %s meanwhile as it is afterwards', async (_, change) => {
		await using build = await openBuild(engine, 5)
		let isChanged = false
		await build.build({
			needs: {
				async readSlice(place, size) {
					const slice = await build.store.readSlice(place, size)
					if (!isChanged && slice.products.some(({ sku }) => sku === 'P-3')) {
						isChanged = true
						await change(build)
					}
					return slice
				},
			},
		})
		// What a replica of the version before has changed is indexed with the next look.
		await build.build()
		expect(isChanged).toBe(true)
		await build.expectWhole()
	})

	test('indexes a text again that a replica of the version before changes while it is indexed', async () => {
		await using build = await openBuild(engine, 3)
		await build.build()
		await renameAsBefore(build.database, 'P-2', 'A cup')
		let reads = 0
		const readWaiting = async (size: number) => {
			const waiting = await build.store.readWaiting(size)
			if (reads++ === 0) await renameAsBefore(build.database, 'P-2', 'A bowl')
			return waiting
		}
		await build.build({ needs: { readWaiting } })
		await build.build({ needs: { readWaiting } })
		expect(reads).toBe(2)
		await build.expectWhole()
	})

	test('indexes what replicas of the version before insert at any time', async () => {
		await using build = await openBuild(engine, 4)
		await build.build({ batches: 2 })
		await insertAsBefore(build.database, ['A-1', 'Z-1'])
		await build.build()
		await insertAsBefore(build.database, ['A-2'])
		await build.build()
		await build.expectWhole()
		expect(await build.rows()).toHaveLength(7)
	})

	test('leaves the index of a newer analysis to the replicas that know it', async () => {
		await using build = await openBuild(engine, 3)
		await build.build()
		const before = await build.rows()
		await build.database.query('update search_index set analysis = $1', [analysisVersion + 1])
		await build.products.createProduct(fields)
		await build.store.adoptAnalysis(analysisVersion)
		await build.build()
		expect(await build.rows()).toEqual([{ sku: 'NEW', doc: expect.any(Number), epoch: 0 }, ...before])
	})

	test('indexes the texts again that a replica with an older analysis writes', async () => {
		await using build = await openBuild(engine, 1)
		await build.build()
		const older = indexTexts({
			analyse: (product) => analyseProduct({ ...product, title: 'as before' }),
			analysisVersion: analysisVersion - 1,
			takeDocs: createDocNumbers({ takeRanges: takeDocRanges }).take,
			writeSegment,
			isPreviousRead: async () => false,
			previousText: () => ({ a: '', b: '', c: '', d: '', text: '' }),
		})
		await createProductStore(build.database, { indexTexts: older }).createProduct(fields)
		expect(await build.rows()).toMatchObject([{ sku: 'NEW', epoch: 0 }, {}])
		await build.build()
		await build.expectWhole()
	})

	test('gives an empty catalog the present analysis at once', async () => {
		await using build = await openBuild(engine, 0)
		await build.database.query("update search_index set complete = true, completed_at = '-infinity', rebuilt_to = null")
		await build.store.adoptAnalysis(analysisVersion)
		await build.products.createProduct(fields)
		await build.expectWhole()
		const kept = await build.database.query('select search_document::text || search_text as text from product')
		expect(kept).toEqual([{ text: '' }])
	})

	test('writes the texts of the version before until its replicas have had an hour to end', async () => {
		await using build = await openBuild(engine, 1)
		await build.build()
		const hasIndex = "select to_regclass('product_search_text') is not null as present"
		await build.products.createProduct(fields)
		const text = "select search_text as text from product where sku = 'NEW'"
		expect(await build.database.query(text)).toEqual([{ text: 'new a new mug' }])
		// The indexes of an empty catalog go with the migration.
		await build.database.query('create index product_search_text on product using gin (search_text gin_trgm_ops)')
		await build.expectWhole()
		expect(await build.database.query(hasIndex)).toEqual([{ present: true }])

		await build.database.query("update search_index set completed_at = now() - interval '61 minutes'")
		// Whoever holds the table, such as a vacuum, does not wait behind the drop.
		await eventually(async () => {
			await build.build()
			expect(await build.database.query(hasIndex)).toEqual([{ present: false }])
		})
		const later = createProductStore(build.database, createTextIndex())
		await later.changeProduct('NEW', (product) => ({ ...product, title: 'A cup' }))
		expect(await build.database.query(text)).toEqual([{ text: '' }])
		await build.expectWhole()
	})
})

test('numbers of docs begin again as the documents tell', async () => {
	await using build = await openBuild('postgres', 3)
	await build.build()
	await build.expectWhole()
	await build.database.query('alter sequence search_doc restart with 2147480000')
	await expect(createProductStore(build.database, createTextIndex()).createProduct(fields)).resolves.toBeDefined()
	const document = readFileSync(new URL('../../../../../docs/operations.md', import.meta.url), 'utf8')
	const statements = document.match(/^ +begin;\n[^`]+ commit;$/m)?.[0] ?? ''
	for (const statement of statements.split(';').slice(1, -2)) await build.database.query(statement)
	await build.expectWhole()
	expect((await build.rows()).map(({ doc }) => doc)).toEqual([1, 2, 3, 4].map(() => expect.any(Number)))
	expect(Math.max(...(await build.rows()).map(({ doc }) => doc ?? 0))).toBeLessThan(10_000)
})

test('two processes build at once, and each product is indexed', async () => {
	await using build = await openBuild('postgres', 40)
	await Promise.all([build.build({ size: 3 }), build.build({ size: 4 }), build.build({ size: 5 })])
	await build.build()
	await build.expectWhole()
})

test('a product that another transaction has locked is indexed when it is free', async () => {
	await using build = await openBuild('postgres', 6)
	await using other = await openDatabase(build.url)
	await other.transaction(async ({ query }) => {
		await query("select from product where sku = 'P-3' for no key update")
		await build.build()
		expect((await build.rows()).map(({ doc }) => doc !== null)).toEqual([true, true, false, true, true, true])
	})
	await build.build()
	await build.expectWhole()
})

test('a product that has got its doc otherwise is not indexed again', async () => {
	await using build = await openBuild('postgres', 3)
	await build.build()
	await renameAsBefore(build.database, 'P-2', 'A cup')
	await build.products.changeProduct('P-2', (product) => ({ ...product, title: 'A bowl' }))
	const docs = await build.rows()
	expect(await build.database.query('select sku from search_waiting')).toEqual([{ sku: 'P-2' }])
	await build.build()
	expect(await build.rows()).toEqual(docs)
	expect(await build.database.query('select from search_waiting')).toEqual([])
})

test('a product waits that gets another text while the build forgets that it has waited', async () => {
	await using build = await openBuild('postgres', 3)
	await build.build()
	await build.database.query("insert into search_waiting values ('P-1'), ('P-2')")
	await using other = await openDatabase(build.url)
	await other.transaction(async (transaction) => {
		await renameAsBefore({ ...other, query: transaction.query }, 'P-2', 'A cup')
		await build.build()
		expect(await build.database.query('select sku from search_waiting')).toEqual([{ sku: 'P-2' }])
	})
	await build.build()
	await build.expectWhole()
})

test('a rebuild ends after the transactions that began before it', async () => {
	await using build = await openBuild('postgres', 2)
	await build.build()
	await using other = await openDatabase(build.url)
	const texts = createTextIndex()
	await other.transaction(async (transaction) => {
		// With the epoch before, and before all products that the rebuild has left.
		const [indexed] = await texts.indexTexts(transaction, [{ ...fields, sku: 'A-1' }])
		await insertAsBefore({ ...other, query: transaction.query }, ['A-1'])
		await transaction.query("update product set title = $1, search_doc = $2, search_epoch = 2 where sku = 'A-1'", [
			fields.title,
			indexed?.searchDoc,
		])
		await build.database.query("update search_index set epoch = epoch + 1, rebuilt_to = '', check_from = null")
		await build.build()
		const state = await build.database.query('select rebuilt_to is null as "hasEnded", epoch from search_index')
		expect(state).toEqual([{ hasEnded: false, epoch: 3 }])
	})
	await build.build()
	await build.expectWhole()
})

test('the indexes of the version before go when nobody holds their table', async () => {
	await using build = await openBuild('postgres', 1)
	await using other = await openDatabase(build.url)
	const hasIndex = "select to_regclass('product_search_text') is not null as present"
	await build.build()
	await build.expectWhole()
	await build.database.query(
		'create index if not exists product_search_text on product using gin (search_text gin_trgm_ops)',
	)
	await build.database.query("update search_index set completed_at = now() - interval '61 minutes'")
	await other.transaction(async ({ query }) => {
		await query('select from product')
		await build.build()
		expect(await build.database.query(hasIndex)).toEqual([{ present: true }])
	})
	await build.build()
	expect(await build.database.query(hasIndex)).toEqual([{ present: false }])
})
