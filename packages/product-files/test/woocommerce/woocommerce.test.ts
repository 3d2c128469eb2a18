import { expect, test } from 'vitest'
import { readExport } from '../exports.ts'
import { readProducts } from '../read-products.ts'

test('a variation is a product, and takes from its parent what its own row leaves out', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('TEE-B')).toMatchObject({
		line: 7,
		upsert: {
			product: {
				title: 'Tee - Blue',
				description: 'Soft.\n\nWash cold.',
				brand: 'Acme',
				category: 'Clothing/Tees',
				group: 'TEE',
				price: { currencyCode: 'EUR', amountMinor: 1900 },
				imageUrls: ['https://wp.example/tee-blue.jpg', 'https://wp.example/tee.jpg', 'https://wp.example/tee-back.jpg'],
				attributes: { Colour: 'Blue', Material: 'Cotton' },
			},
			onHand: 3,
		},
	})
})

test('a variation without a sku and a name of its own is named by its parent and its values', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('TEE-Red')).toMatchObject({
		upsert: { product: { title: 'Tee – Red', group: 'TEE' }, onHand: 0 },
	})
})

test('the parent of variations is no product', async () => {
	const rows = await readExport('woocommerce.csv')
	expect([...rows.keys()].sort()).toEqual(['CAP', 'EXT', 'LOST', 'MUG-S', 'OLD', 'TEE-B', 'TEE-Red', 'id-13'])
})

test('a variation that stands before its parent waits for it', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('MUG-S')).toMatchObject({
		line: 9,
		upsert: { product: { category: 'Home/Kitchen', group: 'id-18', imageUrls: ['https://wp.example/mug.jpg'] } },
	})
	// All variations share the stock of the parent.
	expect(rows.get('MUG-S')).not.toHaveProperty('upsert.onHand')
})

test('a variation whose parent never comes is refused', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('LOST')).toMatchObject({ line: 11, rule: 'PARENT_MISSING', problem: 'the parent "id:99" is missing' })
})

test('a simple product has the regular price, and its sale price as an attribute', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('CAP')).toMatchObject({
		upsert: { product: { price: { amountMinor: 1200 }, attributes: { sale_price: '9.5' } }, onHand: 7 },
	})
})

test('a product without a sku is named by its number, which stays known', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('id-13')).toMatchObject({ upsert: { sourceSku: 'id:13', product: { title: 'Voucher' } } })
})

test('drafts, and products that other shops sell, are refused', async () => {
	const rows = await readExport('woocommerce.csv')
	expect(rows.get('OLD')).toMatchObject({ rule: 'NOT_PUBLISHED' })
	expect(rows.get('EXT')).toMatchObject({ rule: 'PRODUCT_TYPE_REFUSED' })
})

test('a variation of a draft is refused', async () => {
	const lines = [
		'ID,Type,SKU,Name,Published,Regular price,Parent',
		'1,variable,P,Parent,-1,,',
		'2,variation,V,Child,1,5,P',
	]
	expect(await readProducts(lines.join('\n'), { currency: 'EUR' })).toMatchObject([{ sku: 'V', rule: 'NOT_PUBLISHED' }])
})

test('of many variations before their parents, the first 10,000 wait and the others are refused', async () => {
	const variation = (at: number) => `${at},variation,V${at},,1,5,P`
	const lines = [
		'ID,Type,SKU,Name,Published,Regular price,Parent',
		...Array.from({ length: 10_001 }, (_, at) => variation(at)),
		'0,variable,P,Parent,1,,',
	]
	const rows = await readProducts(lines.join('\n'), { currency: 'EUR' })
	expect(rows.filter((row) => 'rule' in row)).toMatchObject([{ sku: 'V10000', rule: 'PARENT_MISSING' }])
	expect(rows).toHaveLength(10_001)
})

test('a file without a currency asks for one', async () => {
	await expect(readExport('woocommerce.csv', {})).rejects.toMatchObject({ code: 'CURRENCY_REQUIRED' })
})

test.each([
	['Essen, Essen > Kaffee', 'Essen/Kaffee'],
	['Gifts, Essen > Kaffee', 'Essen/Kaffee'],
	['Pots\\, pans & lids > Steel, Home', 'Pots, pans & lids/Steel'],
	['Pots\\, Pots > Steel', 'Pots, Pots/Steel'],
])('of the categories %j, the product has %s', async (categories, category) => {
	const lines = ['ID,Type,SKU,Name,Regular price,Categories', `1,simple,A,Mug,5,"${categories}"`]
	expect(await readProducts(lines.join('\n'), { currency: 'EUR' })).toMatchObject([
		{ upsert: { product: { category } } },
	])
})
