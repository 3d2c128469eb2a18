import { describe, expect, test } from 'vitest'
import type { ProductFileOptions } from '../src/mapping/product-file.ts'
import { createRowTable } from '../src/recognition/row-table.ts'
import { readProducts } from './read-products.ts'

const repeated = (line: number, first: number) => ({
	line,
	rule: 'SKU_REPEATED',
	problem: expect.stringContaining(`line ${first}`),
})

describe('Two products of one file that would have the same sku', () => {
	test('do not overwrite each other where Shopify has the sku under several handles', async () => {
		const file = 'Handle,Title,Variant SKU,Variant Price\nmug,Mug,001,5\ncup,Cup,001,6\njug,Jug,002,7\n'
		expect(await readProducts(file, { currency: 'EUR' })).toMatchObject([
			{ sku: '001', upsert: {} },
			repeated(3, 2),
			{ sku: '002', upsert: {} },
		])
	})

	test('do not overwrite each other where WooCommerce has skus that become the same', async () => {
		const file = 'ID,Type,SKU,Name,Regular price\n1,simple,TEE+Red,Tee,5\n2,simple,TEE-Red,Tee,5\n'
		expect(await readProducts(file, { currency: 'EUR' })).toMatchObject([
			{ sku: 'TEE-Red', upsert: {} },
			repeated(3, 2),
		])
	})

	test('do not overwrite each other in a Google feed and in a mapped file', async () => {
		const google =
			'id\ttitle\tlink\tavailability\na b\tMug\thttps://a.example\tin stock\na/b\tCup\thttps://a.example\tin stock\n'
		expect(await readProducts(google)).toMatchObject([{ sku: 'a-b', upsert: {} }, repeated(3, 2)])
		const mapped: ProductFileOptions[] = [
			{ map: { sku: 'Nr', title: 'Name' } },
			{ skuFrom: 'Nr', map: { title: 'Name' } },
		]
		for (const options of mapped) {
			expect(await readProducts('Nr,Name\n1,Mug\n1,Cup\n', options)).toMatchObject([
				{ sku: '1', upsert: {} },
				repeated(3, 2),
			])
		}
	})

	test('are told by their elements where the file has no lines', async () => {
		const xml =
			'<products><product><id>1</id><title>Mug</title></product><product><id>1</id><title>Cup</title></product></products>'
		expect(await readProducts(xml, { map: { sku: 'id' } })).toMatchObject([
			{ sku: '1', upsert: {} },
			{ line: 2, rule: 'SKU_REPEATED', problem: 'element 1 is another product with the same sku' },
		])
	})
})

test('A row that is there twice is no second product, and a row that is refused leaves its sku to another', async () => {
	const file = 'Nr,title,brand\n1,Mug,Acme\n1,Mug,Acme\n2,,Acme\n2,Cup,Acme\n'
	expect(await readProducts(file, { map: { sku: 'Nr' } })).toMatchObject([
		{ upsert: {} },
		{ upsert: {} },
		{ rule: 'TITLE_REQUIRED' },
		{ sku: '2', upsert: {} },
	])
})

test('A file of our own may change one product several times', async () => {
	expect(await readProducts('sku,onHand\nA,1\nA,2\n')).toMatchObject([
		{ upsert: { onHand: 1 } },
		{ upsert: { onHand: 2 } },
	])
})

test('The table of rows keeps the first row of each key while it grows', () => {
	const table = createRowTable(4)
	const keys = Array.from({ length: 1000 }, (_, at) => (at % 2 === 0 ? at : 2 ** 53 - 1 - at))
	for (const [at, key] of keys.entries()) expect(table.findOrAdd(key, 2 ** 32 - 1 - at, at)).toBeUndefined()
	for (const [at, key] of keys.entries()) {
		expect(table.findOrAdd(key, 0, 5000)).toEqual({ line: at, digest: 2 ** 32 - 1 - at })
	}
})
