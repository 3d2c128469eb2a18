import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { searchCalls } from '../../search-calls.ts'
import { product, startTestCatalog, type TestCatalog, upserts } from '../../start-catalog.ts'

const products = [
	product({ sku: 'SOFA', title: 'Leather sofas' }),
	product({ sku: 'TV', title: 'TV stand' }),
	product({ sku: 'TELEVISION', title: 'Television, 55 inch' }),
	product({ sku: 'TABLE', title: 'Dining table' }),
]

async function skus(catalog: TestCatalog, query: string): Promise<(string | undefined)[]> {
	return (await catalog.search({ query })).products.map(({ sku }) => sku)
}

describe.each(engines)('%s', (engine) => {
	test('a search finds products by synonyms, behind products that have the word itself', async () => {
		await using catalog = await startTestCatalog(engine)
		await catalog.import([{ upserts: upserts(products) }])
		expect(await skus(catalog, 'couches')).toEqual([])
		await searchCalls(catalog).importSynonyms([
			{ words: [], meanings: ['couch', 'sofa'] },
			{ words: ['tv'], meanings: ['television'] },
			{ words: [], meanings: ['dining table', 'kitchen bench'] },
		])
		expect(await skus(catalog, 'couches')).toEqual(['SOFA'])
		expect(await skus(catalog, 'leather couch')).toEqual(['SOFA'])
		expect(await skus(catalog, 'tv')).toEqual(['TV', 'TELEVISION'])
		expect(await skus(catalog, 'television')).toEqual(['TELEVISION'])
		expect(await skus(catalog, 'kitchen bench')).toEqual(['TABLE'])
		expect(await skus(catalog, 'kitchen benches')).toEqual(['TABLE'])
		await searchCalls(catalog).importSynonyms([])
		expect(await skus(catalog, 'couches')).toEqual([])
	})
})

test('another replica follows the synonyms, and a new process has them at once', async () => {
	await using catalog = await startTestCatalog('postgres')
	await using replica = await catalog.startReplica()
	await catalog.import([{ upserts: upserts(products) }])
	await searchCalls(catalog).importSynonyms([{ words: [], meanings: ['couch', 'sofa'] }])
	await eventually(async () => expect(await skus(replica, 'couch')).toEqual(['SOFA']))
	await using later = await catalog.startReplica()
	expect(await skus(later, 'couch')).toEqual(['SOFA'])
})
