import { expect, test } from 'vitest'
import { exportText, readExport } from '../exports.ts'
import { openContent, readProducts } from '../read-products.ts'

test('each variant of a Shopify product is a product, with the options as attributes and the handle as its group', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect(rows.get('LS-W-M')).toEqual({
		line: 2,
		sku: 'LS-W-M',
		upsert: {
			rowNumber: 2,
			product: {
				sku: 'LS-W-M',
				title: 'Linen Shirt – White / M',
				description: 'Cool & light.\n\n100% linen\nWashes at 30°',
				brand: 'Weavers',
				category: 'Apparel & Accessories/Clothing/Shirts',
				group: 'linen-shirt',
				price: { currencyCode: 'EUR', amountMinor: 3900 },
				imageUrls: images('white', 'sand', 'back', 'detail'),
				attributes: {
					Color: 'White',
					Size: 'M',
					compareAtPrice: '49.00',
					gtin: '0036000291452',
					condition: 'new',
					gender: 'unisex',
					age_group: 'adult',
				},
			},
			onHand: 4,
			sourceSku: 'LS-W-M',
			updateMask: { paths: expect.arrayContaining(['title', 'price', 'group', 'attributes.Color']) },
		},
	})
})

function images(...names: string[]): string[] {
	return names.map((name) => `https://cdn.example/linen-${name}.jpg`)
}

test('a further variant takes from the first row what its own row leaves out, and has its own image first', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect(rows.get('linen-shirt-Sand-M')).toMatchObject({
		line: 8,
		upsert: {
			product: {
				title: 'Linen Shirt – Sand / M',
				brand: 'Weavers',
				imageUrls: images('sand', 'white', 'back', 'detail'),
				attributes: { Color: 'Sand', gender: 'unisex' },
			},
		},
	})
})

test('the rows of further images are no products', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect([...rows.keys()]).toEqual(['LS-W-M', 'LS-W-L', 'linen-shirt-Sand-M', 'TOTE-1', 'COAT-1', 'CARD-10', 'CARD-20'])
})

test('stock below 0 is 0, and stock that Shopify does not count is left alone', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect(rows.get('LS-W-L')).toMatchObject({ upsert: { onHand: 0 } })
	expect(rows.get('linen-shirt-Sand-M')).not.toHaveProperty('upsert.onHand')
})

test('a product without options keeps its title', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect(rows.get('TOTE-1')).toMatchObject({
		upsert: { product: { title: 'Tote Bag', group: 'tote', category: 'Bags' } },
	})
})

test('a draft is refused', async () => {
	const rows = await readExport('shopify-2024.csv')
	expect(rows.get('COAT-1')).toEqual({
		line: 11,
		sku: 'COAT-1',
		rule: 'NOT_PUBLISHED',
		problem: 'the product is not for sale: its status is draft',
	})
})

test('the columns since 2025 say the same', async () => {
	const rows = await readExport('shopify-2026.csv')
	expect(rows.get('OAK-45')).toMatchObject({
		upsert: {
			product: {
				title: 'Oak Stool – 45 cm',
				category: 'Furniture/Chairs/Stools',
				group: 'oak-stool',
				attributes: { Height: '45 cm', gtin: '4006381333931', mpn: 'W-45' },
			},
			onHand: 6,
		},
	})
	expect(rows.get('OAK-65')).toMatchObject({ upsert: { product: { attributes: { Height: '65 cm' } }, onHand: 0 } })
})

test('a file without a currency asks for one', async () => {
	await expect(readExport('shopify-2024.csv', {})).rejects.toMatchObject({ code: 'CURRENCY_REQUIRED' })
})

test('variants without a sku get names that are not too long, and that differ', async () => {
	const handle = 'a-handle-that-says-what-the-product-is-in-a-great-number-of-words'
	const lines = ['Handle,Title,Option1 Name,Option1 Value,Variant Price', `${handle},Long,Size,M,1`, `${handle},,,L,1`]
	const skus = (await readProducts(lines.join('\n'), { currency: 'EUR' })).map(({ sku = '' }) => sku)
	expect(new Set(skus).size).toBe(2)
	for (const sku of skus) expect(sku).toMatch(/^a-handle-that-says.{0,38}-[0-9a-f]{8}$/)
})

test('variants that nothing tells apart do not overwrite each other', async () => {
	const lines = ['Handle,Title,Variant SKU,Variant Price', 'h,Twice,X,1', 'h,,X,2']
	const rows = await readProducts(lines.join('\n'), { currency: 'EUR' })
	expect(rows).toMatchObject([
		{ sku: 'X', upsert: {} },
		{ line: 3, sku: 'X', rule: 'SKU_REPEATED' },
	])
})

test('a product of too many rows is refused from the row on that is too many', async () => {
	const variant = (at: number) => `h,${at === 0 ? 'Much' : ''},Nr,${at},${at},1`
	const lines = [
		'Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price',
		...Array.from({ length: 4001 }, (_, at) => variant(at)),
	]
	const rows = await readProducts(lines.join('\n'), { currency: 'EUR' })
	expect(rows.filter((row) => 'rule' in row)).toMatchObject([{ line: 4002, rule: 'TOO_MANY_ROWS' }])
	expect(rows).toHaveLength(4001)
})

test('a file of stock alone needs no currency, and leaves everything else alone', async () => {
	const rows = await readProducts('Handle,Title,Variant SKU,Variant Inventory Qty\nh,T,X,5\n')
	expect(rows).toMatchObject([{ upsert: { onHand: 5, updateMask: { paths: ['title', 'group'] } } }])
})

test('only columns without a meaning here are named as ignored', async () => {
	const { format, ignoredColumns } = await openContent(exportText('shopify-2024.csv'), { currency: 'EUR' })
	expect(format).toBe('shopify')
	expect(ignoredColumns).toContain('Tags')
	expect(ignoredColumns).not.toContain('Image Position')
})
