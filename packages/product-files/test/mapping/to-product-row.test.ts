import { describe, expect, test } from 'vitest'
import { type RowOptions, toProductRow } from '../../src/mapping/to-product-row.ts'

const ours: RowOptions = { isForeign: false, skuPrefix: '', currency: undefined, isFeed: false }
const foreign = { ...ours, isForeign: true }
const mug = { sku: 'MUG-1', title: 'Mug', price: '12.90', currency: 'EUR' }
const mugPrice = { currencyCode: 'EUR', amountMinor: 1290 }

const rowOf = (values: object, options: RowOptions = ours) =>
	toProductRow({ line: 7, values: new Map(Object.entries(values)) }, options)

describe('A row', () => {
	test('says in its mask which fields it has', () => {
		expect(rowOf(mug)).toEqual({
			line: 7,
			sku: 'MUG-1',
			upsert: {
				rowNumber: 7,
				product: { sku: 'MUG-1', title: 'Mug', price: mugPrice, attributes: {} },
				updateMask: { paths: ['title', 'price'] },
			},
		})
	})

	test('with all fields is sent with all fields', () => {
		const details = {
			description: 'Two\nlines',
			brand: 'Lindmora',
			category: 'Home/Kitchen',
			group: 'mugs',
			imageUrls: ['https://example.com/mug.jpg'],
			attributes: { color: 'grey' },
		}
		expect(rowOf({ ...mug, ...details, onHand: 0 })).toEqual({
			line: 7,
			sku: 'MUG-1',
			upsert: {
				rowNumber: 7,
				product: { sku: 'MUG-1', title: 'Mug', price: mugPrice, ...details },
				updateMask: {
					paths: ['title', 'price', 'description', 'brand', 'category', 'group', 'image_urls', 'attributes.color'],
				},
				onHand: 0,
			},
		})
	})

	test('that has only its sku and a quantity changes nothing but the stock', () => {
		expect(rowOf({ sku: 'MUG-1', onHand: '5' })).toMatchObject({
			upsert: { product: { sku: 'MUG-1' }, onHand: 5, updateMask: { paths: ['sku'] } },
		})
	})

	test.each(['', ' ', null])('clears the fields that are there with the value %j', (empty) => {
		const values = { sku: 'A', description: empty, brand: empty, category: empty, group: empty, imageUrls: empty }
		expect(rowOf({ ...values, 'attributes.color': empty })).toMatchObject({
			upsert: {
				product: { sku: 'A', description: '', brand: '', category: '', group: '', imageUrls: [], attributes: {} },
				updateMask: { paths: ['description', 'brand', 'category', 'group', 'image_urls', 'attributes.color'] },
			},
		})
	})

	test.each(['', ' ', null])('with the quantity %j leaves the stock alone', (onHand) => {
		expect(rowOf({ sku: 'A', onHand })).not.toHaveProperty('upsert.onHand')
	})

	test('merges its attributes: one that is null or empty is removed, and one that is not named stays', () => {
		const attributes = { color: 'grey', size: null, weight: 1.5, isNew: true, note: ' ', 'a.b': 'c' }
		const row = rowOf({ sku: 'A', attributes })
		expect(row).toHaveProperty('upsert.product.attributes', {
			color: 'grey',
			weight: '1.5',
			isNew: 'true',
			'a.b': 'c',
		})
		expect(row).toHaveProperty(
			'upsert.updateMask.paths',
			['color', 'size', 'weight', 'isNew', 'note', 'a.b'].map((name) => `attributes.${name}`),
		)
	})

	test('removes all attributes with null, and none with an empty object', () => {
		expect(rowOf({ sku: 'A', attributes: null })).toMatchObject({
			upsert: { product: { attributes: {} }, updateMask: { paths: ['attributes'] } },
		})
		expect(rowOf({ sku: 'A', attributes: {} })).toMatchObject({ upsert: { updateMask: { paths: ['sku'] } } })
	})

	test('has its values without the white space around them', () => {
		const padded = { sku: ' A\t', title: '  Padded   title ', brand: 'Acme\u00a0', 'attributes.size': ' XL ' }
		expect(rowOf(padded)).toMatchObject({
			upsert: { product: { sku: 'A', title: 'Padded   title', brand: 'Acme', attributes: { size: 'XL' } } },
		})
	})

	test('has a sku that is a number', () => {
		expect(rowOf({ sku: 12_345 })).toMatchObject({ sku: '12345' })
	})

	test('is refused with a message for every wrong field, by the rule of the first one', () => {
		const row = { sku: ['MUG/1'], title: null, color: 'grey', size: 'XL', onHand: '-5', attributes: { size: {} } }
		expect(rowOf(row)).toEqual({
			line: 7,
			rule: 'SKU_INVALID',
			problem: [
				'sku must be a text',
				'title is required',
				'unknown field "color"',
				'unknown field "size"',
				'onHand must be a whole number from 0 to 2^53 - 1, not "-5"',
				'attributes.size must be a text',
				'the fields are sku, title, price, currency, description, brand, category, group, onHand, imageUrls and attributes.NAME',
			].join('; '),
		})
	})

	test('that could not be read keeps its problem', () => {
		const unread = { line: 3, problem: 'not UTF-8', rule: 'NOT_UTF8' as const }
		expect(toProductRow(unread, ours)).toEqual(unread)
	})
})

test('The price 0 is refused only in a feed', () => {
	const free = { ...mug, price: '0' }
	expect(rowOf(free)).toMatchObject({ upsert: { product: { price: { amountMinor: 0 } } } })
	expect(rowOf(free, { ...ours, isFeed: true })).toMatchObject({ rule: 'PRICE_NOT_POSITIVE' })
})

describe('The sku of another system', () => {
	test.each([
		['MUG/1', '', 'MUG-1'],
		['https://shop.example/products/7', '', 'https---shop.example-products-7'],
		['Größe XL', '', 'Gr--e-XL'],
		['👕1', '', '-1'],
		['MUG-1', 'acme.', 'acme.MUG-1'],
	])('%s with the prefix "%s" becomes %s, and the original goes along', (sku, skuPrefix, ours) => {
		expect(rowOf({ sku }, { ...foreign, skuPrefix })).toMatchObject({
			sku: ours,
			upsert: { product: { sku: ours }, sourceSku: sku },
		})
	})

	test('is refused when it is too long with its prefix', () => {
		expect(rowOf({ sku: 'x'.repeat(60) }, { ...foreign, skuPrefix: 'acme.' })).toMatchObject({ rule: 'SKU_TOO_LONG' })
	})

	test('in a file of our own becomes ours, too, and one that is ours already has no original', () => {
		expect(rowOf({ sku: 'MUG/1' })).toMatchObject({ sku: 'MUG-1', upsert: { sourceSku: 'MUG/1' } })
		expect(rowOf({ sku: 'MUG-1' })).not.toHaveProperty('upsert.sourceSku')
	})
})

test('Control characters in the texts of another system become spaces, and the description keeps its lines', () => {
	const values = { sku: 'A', title: 'Big\r\n\tmug', brand: 'Ac\u0007me', description: 'One\u000b\ntwo' }
	expect(rowOf(values, foreign)).toMatchObject({
		upsert: { product: { title: 'Big mug', brand: 'Ac me', description: 'One \ntwo' } },
	})
	expect(rowOf(values)).toMatchObject({ upsert: { product: { title: values.title } } })
})

describe('The group of another system', () => {
	test('is made ours as the sku is', () => {
		expect(rowOf({ sku: 'A', group: 'big mugs' }, { ...foreign, skuPrefix: 'acme.' })).toMatchObject({
			upsert: { product: { group: 'acme.big-mugs' } },
		})
	})

	test('that is too long is cut, and stays another one than groups with the same beginning', () => {
		const groupOf = (group: string) => {
			const row = rowOf({ sku: 'A', group }, foreign)
			return 'upsert' in row ? row.upsert.product?.group : undefined
		}
		const [one, other] = [groupOf(`${'x'.repeat(70)}1`), groupOf(`${'x'.repeat(70)}2`)]
		expect(one).toMatch(/^x{55}-[0-9a-f]{8}$/)
		expect(other).toMatch(/^x{55}-[0-9a-f]{8}$/)
		expect(one).not.toBe(other)
		expect(groupOf(`${'x'.repeat(70)}1`)).toBe(one)
	})
})

describe('A category', () => {
	test.each([
		['Clothing > Tshirts', 'Clothing/Tshirts'],
		['Home / Kitchen', 'Home/Kitchen'],
		['Home/Kitchen', 'Home/Kitchen'],
		['Apparel & Accessories>Clothing', 'Apparel & Accessories/Clothing'],
		[' Home/Kitchen ', 'Home/Kitchen'],
		['Clothing, Sale', 'Clothing, Sale'],
	])('%j is %s', (category, path) => {
		expect(rowOf({ sku: 'A', category })).toMatchObject({ upsert: { product: { category: path } } })
	})
})

test('Commas separate the categories of another system, and belong to a category of ours', () => {
	const category = 'Home/Kitchen,Home/Kitchen/Mugs'
	expect(rowOf({ sku: 'A', category })).toMatchObject({ upsert: { product: { category } } })
	expect(rowOf({ sku: 'A', category }, foreign)).toMatchObject({
		upsert: { product: { category: 'Home/Kitchen/Mugs' } },
	})
})

test('An attribute may have the name of something that objects have, and white space around its name is no part of it', () => {
	const row = rowOf({ sku: 'A', attributes: JSON.parse('{ "__proto__": "x", "constructor": "y", " size ": "L" }') })
	const { product, updateMask } = ('upsert' in row && row.upsert) || {}
	expect(Object.entries(product?.attributes ?? {})).toEqual([
		['__proto__', 'x'],
		['constructor', 'y'],
		['size', 'L'],
	])
	expect(updateMask?.paths).toEqual(['attributes.__proto__', 'attributes.constructor', 'attributes.size'])
})

test.each([
	['TV/Video > Cables', 'TV-Video/Cables'],
	['TV/Video>Cables/Leads', 'TV-Video/Cables-Leads'],
	['Home / TV/Video > Cables', 'Home/TV-Video/Cables'],
	['TV/Video', 'TV/Video'],
	['Kitchen,Gifts', 'Kitchen,Gifts'],
	['Essen, Essen > Kaffee', 'Essen/Kaffee'],
	['Essen > Kaffee, Essen', 'Essen/Kaffee'],
	['Essen > Kaffee,Essen', 'Essen/Kaffee'],
	['Essen,Essen/Kaffee,Essen/Tee', 'Essen/Kaffee'],
	['Essen, Essen', 'Essen'],
	['Pots, pans & lids > Steel', 'Pots, pans & lids/Steel'],
	['Pots, Home > Pots', 'Pots, Home/Pots'],
	['Pots\\, pans > Steel', 'Pots, pans/Steel'],
	['Pots\\, Pots > Steel', 'Pots, Pots/Steel'],
])('A category of another system, %j, is %s', (category, path) => {
	expect(rowOf({ sku: 'A', category }, foreign)).toMatchObject({ upsert: { product: { category: path } } })
})

describe('Images', () => {
	const [a, b] = ['https://cdn.example.com/a.jpg', 'http://cdn.example.com/b.jpg']
	test.each([
		[`${a} ${b}`],
		[`${a}\n${b}`],
		[`${a},${b}`],
		[`${a}, ${b}`],
		[`${a} , ${b},`],
		[`${a};${b}`],
		[`${a}|${b}`],
		[`${a} | ${b}`],
		[[a, b]],
		[[a, '', `${b} `]],
		[[`${a}, ${b}`]],
		[JSON.stringify([a, b])],
	])('%j are two', (imageUrls) => {
		expect(rowOf({ sku: 'A', imageUrls })).toMatchObject({ upsert: { product: { imageUrls: [a, b] } } })
	})

	test.each([
		['https://a.example/my photo 1.jpg', ['https://a.example/my%20photo%201.jpg']],
		[`https://a.example/my photo.jpg, ${b}`, ['https://a.example/my%20photo.jpg', b]],
		[`${a} ${b}`, [a, b]],
		[
			[`${a} `, 'https://a.example/b c'],
			[a, 'https://a.example/b%20c'],
		],
	])('of another system are %j, where a space may be a part of a URL', (given, imageUrls) => {
		expect(rowOf({ sku: 'A', imageUrls: given }, foreign)).toMatchObject({ upsert: { product: { imageUrls } } })
	})

	test.each([`${a} b.jpg`, 'https://a.example, b.jpg'])('of another system are refused, as %s', (imageUrls) => {
		expect(rowOf({ sku: 'A', imageUrls }, foreign)).toMatchObject({ rule: 'IMAGE_URL_INVALID' })
	})

	test('in an array may each have every separator in it and at its end, also where the array is the text of a cell', () => {
		const urls = [`https://cdn.example.com/w_100,${a}`, `${a},`, `${b}?a;|`]
		const expected = { upsert: { product: { imageUrls: urls } } }
		expect(rowOf({ sku: 'A', imageUrls: urls })).toMatchObject(expected)
		expect(rowOf({ sku: 'A', imageUrls: JSON.stringify(urls) })).toMatchObject(expected)
	})

	test('may have separators within a URL', () => {
		const url = 'https://cdn.example.com/w_100,h_100;x|y/a.jpg'
		expect(rowOf({ sku: 'A', imageUrls: url })).toMatchObject({ upsert: { product: { imageUrls: [url] } } })
	})
})

describe('A quantity', () => {
	test.each([
		['10.0', 10],
		['5 ', 5],
		['1000.0000', 1000],
		['1234.000', 1234],
		['1.0', 1],
		['1.00', 1],
		['0.000', 0],
		['0', 0],
		[7, 7],
		[7.0, 7],
		['9007199254740991', Number.MAX_SAFE_INTEGER],
	])('%j is %d', (onHand, quantity) => {
		expect(rowOf({ sku: 'A', onHand })).toMatchObject({ upsert: { onHand: quantity } })
	})
	test.each([
		['1.000', '1000', '1'],
		['10.000', '10000', '10'],
		['250.000 ', '250000', '250'],
		['1,000', '1000', '1'],
	])('%j is refused, because it can be read in two ways', (onHand, thousands, ones) => {
		const problem = `onHand can be read in two ways, as ${onHand.trim()} is: write it as ${thousands} or ${ones}`
		expect(rowOf({ sku: 'A', onHand })).toMatchObject({ rule: 'QUANTITY_INVALID', problem })
	})
})
