import { describe, expect, test } from 'vitest'
import { openProductFile } from '../src/recognition/open-product-file.ts'
import { openContent, readProducts } from './read-products.ts'

describe('A file of our own', () => {
	test('in delimited text says in the mask of each row which columns it has', async () => {
		const price = { currencyCode: 'EUR', amountMinor: 2750 }
		expect(await readProducts('sku,title,price,currency\nUP-1,Teapot,27.50,EUR\n')).toEqual([
			{
				line: 2,
				sku: 'UP-1',
				upsert: {
					rowNumber: 2,
					product: { sku: 'UP-1', title: 'Teapot', price, attributes: {} },
					updateMask: { paths: ['title', 'price'] },
				},
			},
		])
	})

	test('may have only quantities, or only prices', async () => {
		expect(await readProducts('sku,onHand\nA,10.0\nB,5 \nC,\n')).toMatchObject([
			{ upsert: { product: { sku: 'A' }, onHand: 10, updateMask: { paths: ['sku'] } } },
			{ upsert: { product: { sku: 'B' }, onHand: 5 } },
			{ upsert: { product: { sku: 'C' }, updateMask: { paths: ['sku'] } } },
		])
		expect(await readProducts('sku,price,currency\nA,1,EUR\n')).toMatchObject([
			{ upsert: { updateMask: { paths: ['price'] } } },
		])
	})

	test('in JSON says in the mask of each row which members it has', async () => {
		const lines = [{ sku: 'A', brand: null }, { sku: 'B', attributes: { size: '', color: 'red' } }, { sku: 'C' }]
		expect(await readProducts(lines.map((line) => JSON.stringify(line)).join('\n'))).toMatchObject([
			{ line: 1, upsert: { product: { brand: '' }, updateMask: { paths: ['brand'] } } },
			{ line: 2, upsert: { updateMask: { paths: ['attributes.size', 'attributes.color'] } } },
			{ line: 3, upsert: { updateMask: { paths: ['sku'] } } },
		])
	})

	test('gives one row for each record, whatever is in it', async () => {
		const lines = [
			'sku,title,price,currency',
			'A,24" x 36" poster,10,EUR',
			'B,"24" Monitor",1,EUR',
			'C,C,abc,EUR',
			'D,D,1,EUR',
		]
		expect(await readProducts(lines.join('\n'))).toMatchObject([
			{ line: 2, upsert: { product: { title: '24" x 36" poster' } } },
			{ line: 3, problem: expect.any(String) },
			{ line: 4, sku: 'C', rule: 'PRICE_INVALID' },
			{ line: 5, upsert: { product: { sku: 'D' } } },
		])
	})

	test('is read in the dialect and the encoding that it has', async () => {
		const expected = [{ upsert: { product: { title: 'Thé', price: { amountMinor: 1299 } } } }]
		const semicolons = 'sku;title;price;currency\r\nA;Thé;12,99;EUR\r\n'
		expect(await readProducts(semicolons)).toMatchObject(expected)
		expect(await readProducts(Buffer.from(`\ufeff${semicolons}`, 'utf16le'))).toMatchObject(expected)
		expect(await readProducts(Buffer.from(semicolons, 'latin1'), { encoding: 'windows-1252' })).toMatchObject(expected)
		expect(await readProducts(Buffer.from(semicolons, 'latin1'))).toMatchObject([{ rule: 'NOT_UTF8' }])
	})
})

describe('A header', () => {
	test('with names that are not ours is refused with all of them, with ours, and with --map', async () => {
		await expect(openContent('SKU,title,colour\nA,Mug,grey\n')).rejects.toMatchObject({
			code: 'COLUMN_UNKNOWN',
			message:
				'unknown columns "SKU", "colour"; the columns are sku, title, price, currency, description, brand, category, group, onHand, imageUrls and attributes.NAME; --map FIELD=COLUMN,… reads a field from a column with another name',
		})
	})

	test.each([
		['title,price,currency', {}, 'the column sku is required'],
		['sku,currency', {}, 'the column price is required beside currency'],
		['sku,attributes', {}, 'unknown column "attributes"'],
		['Id,Name', { map: { sku: 'ID', title: 'Title' } }, 'the file has no columns "ID", "Title"; it has "Id", "Name"'],
		['sku,title', { skuFrom: 'EAN' }, 'the file has no column "EAN"'],
	])('%s with the options %o is refused, because %s', async (header, options, reason) => {
		await expect(openContent(`${header}\nA,B,C\n`, options)).rejects.toThrow(reason)
	})
})

test('A file whose header is refused is closed', async () => {
	let isClosed = false
	async function* bytes() {
		try {
			yield Buffer.from('sku,colour\n')
			yield Buffer.from('A,grey\n'.repeat(100_000))
		} finally {
			isClosed = true
		}
	}
	await expect(openProductFile(bytes())).rejects.toMatchObject({ code: 'COLUMN_UNKNOWN' })
	expect(isClosed).toBe(true)
})

describe('A mapping', () => {
	const foreign =
		'Product ID;Active (0/1);Name *;Categories;Price;Reference #;Quantity\n1;1;Kettle;Kitchen > Tea;29,90;RP/1;16\n'
	const map = { sku: 'Reference #', title: 'Name *', price: 'Price', category: 'Categories', onHand: 'Quantity' }

	test('names the columns of fields, and the other columns are ignored', async () => {
		const options = { map: { ...map, 'attributes.number': 'Product ID' }, currency: 'EUR' }
		const file = await openContent(foreign, options)
		expect(file).toMatchObject({ format: 'mercat', delimiter: ';', ignoredColumns: ['Active (0/1)'] })
		await file.close()
		expect(await readProducts(foreign, options)).toMatchObject([
			{
				sku: 'RP-1',
				upsert: {
					product: {
						sku: 'RP-1',
						title: 'Kettle',
						category: 'Kitchen/Tea',
						price: { currencyCode: 'EUR', amountMinor: 2990 },
						attributes: { number: '1' },
					},
					onHand: 16,
					sourceSku: 'RP/1',
				},
			},
		])
	})

	test('leaves columns that have our names where it does not name them, and takes a field away with an empty column', async () => {
		const [row] = await readProducts('id,title,brand\n7,Mug,Acme\n', { map: { sku: 'id', brand: '' } })
		expect(row).toMatchObject({ upsert: { product: { title: 'Mug' }, updateMask: { paths: ['title'] } } })
	})

	test('reads members within members of JSON, and elements within elements of XML', async () => {
		const json = '[{"id":7,"variants":[{"price":"5 EUR"}]},{"id":8,"variants":[]}]'
		expect(await readProducts(json, { map: { sku: 'id', price: 'variants/0/price' } })).toMatchObject([
			{ upsert: { product: { sku: '7', price: { amountMinor: 500 } } } },
			{ upsert: { product: { sku: '8' }, updateMask: { paths: ['sku'] } } },
		])
		const xml = '<shop><product><id>7</id><cost><net>5</net></cost></product><product><id>8</id></product></shop>'
		const options = { map: { sku: 'id', price: 'cost/net' }, currency: 'EUR' }
		expect(await readProducts(xml, options)).toMatchObject([
			{ upsert: { product: { sku: '7', price: { amountMinor: 500 } } } },
			{ upsert: { product: { sku: '8' }, updateMask: { paths: ['sku'] } } },
		])
	})

	test('finds no member that an object has without saying so', async () => {
		const json = '[{"id":7,"cost":{}}]'
		const opened = openContent(json, { map: { sku: 'id', brand: 'cost/constructor' } })
		await expect(opened).rejects.toMatchObject({ code: 'COLUMN_MISSING' })
	})

	test.each([
		['JSON', '[{"id":1,"titel":"Mug"},{"id":2}]'],
		['NDJSON', '{"id":1,"titel":"Mug"}\n{"id":2}\n'],
		['XML', '<products><product><id>1</id><titel>Mug</titel></product><product><id>2</id></product></products>'],
	])('of a column that no record of %s has refuses the file', async (_, file) => {
		await expect(openContent(file, { map: { sku: 'id', title: 'Title' } })).rejects.toMatchObject({
			code: 'COLUMN_MISSING',
			message: 'no record at the beginning of the file has the column "Title"; the first one has "id", "titel"',
		})
		await expect(openContent(file, { skuFrom: 'nr' })).rejects.toMatchObject({ code: 'COLUMN_MISSING' })
	})

	test('of a column that only a later record has is right', async () => {
		const records = Array.from({ length: 5_000 }, (_, id) => ({ id, description: 'long enough for several blocks' }))
		const json = JSON.stringify([...records, { id: 'last', color: 'red' }])
		const rows = await readProducts(json, { map: { sku: 'id', 'attributes.color': 'color' } })
		expect(rows).toHaveLength(5_001)
		expect(rows.at(-1)).toMatchObject({ upsert: { product: { attributes: { color: 'red' } } } })
	})

	test('reads attributes that are an object, and ignores a column of that name', async () => {
		expect(await readProducts('[{"id":7,"attributes":{"size":"XL"}}]', { map: { sku: 'id' } })).toMatchObject([
			{ upsert: { product: { attributes: { size: 'XL' } } } },
		])
		expect(await readProducts('id,attributes\n7,\n', { map: { sku: 'id' } })).toMatchObject([
			{ upsert: { updateMask: { paths: ['sku'] } } },
		])
	})

	test('tells what the columns are, also where a format would recognise them', async () => {
		const google = 'id,title,link,image_link,gtin\n7,Mug,https://a.example,https://a.example/1.jpg,4012345678901\n'
		const rows = await readProducts(google, { map: { sku: 'gtin' } })
		expect(rows).toMatchObject([{ sku: '4012345678901', upsert: { updateMask: { paths: ['title'] } } }])
	})

	test('makes plain text of a description in HTML, and our own format leaves it as it is', async () => {
		const description = '<p>Cast <b>iron</b></p>'
		expect(await readProducts(`id,description\n7,${description}\n`, { map: { sku: 'id' } })).toMatchObject([
			{ upsert: { product: { description: 'Cast iron' } } },
		])
		expect(await readProducts(`sku,description\n7,${description}\n`)).toMatchObject([
			{ upsert: { product: { description } } },
		])
	})

	test('may have only the column of the sku', async () => {
		const file = 'sku,title,EAN\nA,Mug,4012345678901\n'
		expect(await readProducts(file, { skuFrom: 'EAN' })).toMatchObject([
			{ upsert: { product: { sku: '4012345678901', title: 'Mug' }, sourceSku: '4012345678901' } },
		])
	})

	test('may be only a prefix of all skus', async () => {
		expect(await readProducts('sku,title\nA,"Big\nmug"\n', { skuPrefix: 'acme.' })).toMatchObject([
			{ upsert: { product: { sku: 'acme.A', title: 'Big mug' }, sourceSku: 'A' } },
		])
	})
})

test.each([
	[{ map: { name: 'Name' } }, 'map must name fields of a product, unlike "name"; the fields are sku, title'],
	[{ currency: 'eur' }, 'currency must be an ISO 4217 code, not "eur"'],
	[{ skuFrom: '' }, 'skuFrom must name a column'],
	[{ map: { sku: 'a' }, skuFrom: 'b' }, 'skuFrom and map must not both name the column of the sku'],
	[{ skuPrefix: 'a/' }, 'skuPrefix must have at most 32 of A-Z a-z 0-9 . _ -'],
	[{ format: 'magento' as 'mercat' }, 'format must be one of mercat, '],
])('The options %o are refused, because %s', async (options, reason) => {
	const error = { code: 'OPTION_INVALID', message: expect.stringContaining(reason) }
	await expect(openContent('sku\nA\n', options)).rejects.toMatchObject(error)
})

describe('A format that is named', () => {
	const own = 'sku,title,price,currency\nA,Mug,1,EUR\n'
	test.each([
		['woocommerce', 'the format woocommerce needs the column "Name" or "Regular price" or "Stock" or "In stock?"'],
		['shopify', 'the format shopify needs the column "Handle" or "URL handle"'],
		['google', 'the format google needs the column "id"'],
	] as const)('%s refuses a file that lacks its own columns', async (format, message) => {
		await expect(openContent(own, { format, currency: 'EUR' })).rejects.toMatchObject({
			code: 'COLUMN_MISSING',
			message: `${message}; the file has "sku", "title", "price", "currency"`,
		})
	})

	test.each([
		['woocommerce', 'SKU,Stock\nA,3\n'],
		['shopify', 'Handle,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty\na,A,shopify,3\n'],
		['google', 'g:ID,quantity\nA,3\n'],
	] as const)('%s reads a file that has only a part of its columns', async (format, content) => {
		expect(await readProducts(content, { format })).toMatchObject([{ sku: 'A', upsert: { onHand: 3 } }])
	})
})
