import { describe, expect, test } from 'vitest'
import { openContent, readProducts } from '../read-products.ts'

const shirt = {
	product: {
		sku: 'TSH001',
		title: 'Light tee',
		description: 'Cotton',
		brand: 'Acme',
		category: 'Apparel & Accessories/Clothing',
		group: 'TSH',
		price: { currencyCode: 'USD', amountMinor: 1980 },
		imageUrls: ['https://cdn.example.com/1.jpg', 'https://cdn.example.com/2.jpg', 'https://cdn.example.com/3.jpg'],
		attributes: { color: 'red', gtin: '4901234567894', condition: 'new' },
	},
	sourceSku: 'TSH001',
}

const columns = {
	id: 'TSH001',
	title: 'Light tee',
	description: 'Cotton',
	link: 'https://example.com/p/1',
	image_link: 'https://cdn.example.com/1.jpg',
	additional_image_link: 'https://cdn.example.com/2.jpg,https://cdn.example.com/3.jpg',
	availability: 'in_stock',
	price: '19.80 USD',
	brand: 'Acme',
	gtin: '4901234567894',
	condition: 'new',
	color: 'red',
	item_group_id: 'TSH',
	google_product_category: 'Apparel & Accessories > Clothing',
}

/** A text with tabs, of one product. */
function tsv(values: Record<string, string>): string {
	return `${Object.keys(values).join('\t')}\n${Object.values(values).join('\t')}\n`
}

const rss = `<?xml version="1.0"?>
<rss xmlns:g="http://base.google.com/ns/1.0" version="2.0">
<channel>
	<title>Shop</title><link>https://example.com</link><description>All products</description>
	<item>
		<g:id>TSH001</g:id>
		<title>A title for readers of news</title><g:title>Light tee</g:title>
		<description>&lt;p&gt;Cotton&lt;/p&gt;</description>
		<link>https://example.com/p/1</link>
		<g:image_link>https://cdn.example.com/1.jpg</g:image_link>
		<g:additional_image_link>https://cdn.example.com/2.jpg</g:additional_image_link>
		<g:additional_image_link>https://cdn.example.com/3.jpg</g:additional_image_link>
		<g:availability>in stock</g:availability>
		<g:price>19.80 USD</g:price>
		<g:shipping><g:country>US</g:country><g:price>5 USD</g:price></g:shipping>
		<g:brand>Acme</g:brand><g:gtin>4901234567894</g:gtin><g:condition>new</g:condition><g:color>red</g:color>
		<g:item_group_id>TSH</g:item_group_id>
		<g:product_type>Apparel &amp; Accessories &gt; Clothing</g:product_type>
		<g:product_type>Summer</g:product_type>
	</item>
</channel>
</rss>`

const atom = `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:g="http://base.google.com/ns/1.0">
	<title>Shop</title><link rel="self" href="https://example.com"/><updated>2026-11-01T00:00:00Z</updated>
	<entry>
		<id>tag:example.com,2026:1</id><g:id>TSH001</g:id>
		<title>Light tee</title>
		<summary>Cotton</summary>
		<link href="https://example.com/p/1"/>
		<g:image_link>https://cdn.example.com/1.jpg</g:image_link>
		<g:additional_image_link>https://cdn.example.com/2.jpg,https://cdn.example.com/3.jpg</g:additional_image_link>
		<g:availability>in_stock</g:availability>
		<g:price>19.80 USD</g:price>
		<g:brand>Acme</g:brand><g:gtin>4901234567894</g:gtin><g:condition>new</g:condition><g:color>red</g:color>
		<g:item_group_id>TSH</g:item_group_id>
		<g:google_product_category>Apparel &amp; Accessories &gt; Clothing</g:google_product_category>
	</entry>
</feed>`

describe('A feed of Google Merchant', () => {
	test.each([
		['as text with tabs', tsv(columns)],
		['with the names of columns as people write them', tsv(columns).replace('image_link', 'Image Link')],
		['with the prefix g:', tsv(columns).replace(/^.*/, (line) => line.replaceAll(/\w+/g, 'g:$&'))],
		['as RSS', rss],
		['as Atom', atom],
	])('%s is recognised, and gives its products', async (_form, content) => {
		const file = await openContent(content)
		expect(file.format).toBe('google')
		const rows = []
		for await (const row of file.rows) rows.push(row)
		expect(rows).toMatchObject([{ sku: 'TSH001', upsert: shirt }])
		expect(rows[0]).not.toHaveProperty('upsert.onHand')
	})

	test('names the columns that say nothing to us', async () => {
		const file = await openContent(tsv(columns))
		expect(file.ignoredColumns).toEqual(['link'])
		await file.close()
	})

	test.each([
		[{ availability: 'out_of_stock' }, 0],
		[{ availability: 'out of stock' }, 0],
		[{ availability: 'out_of_stock', quantity: '7' }, 0],
		[{ availability: 'in_stock', quantity: '7' }, 7],
		[{ availability: 'in stock', sell_on_google_quantity: '7' }, 7],
		[{ availability: 'preorder' }, undefined],
		[{ availability: '' }, undefined],
		[{ quantity: '7' }, 7],
	])('with %o has the quantity %s', async (values, onHand) => {
		const [row] = await readProducts(tsv({ id: 'A', ...values }), { format: 'google' })
		expect(row).toHaveProperty('upsert')
		expect(row && 'upsert' in row ? row.upsert.onHand : undefined).toBe(onHand)
	})

	test('refuses a row whose availability is another word', async () => {
		expect(await readProducts(tsv({ id: 'A', availability: 'perhaps' }), { format: 'google' })).toMatchObject([
			{ line: 2, sku: 'A', rule: 'AVAILABILITY_INVALID' },
		])
	})

	test.each([
		[{ product_type: 'Home > Tea', google_product_category: 'Home & Garden' }, 'Home/Tea', 'Home & Garden'],
		[{ product_type: '', google_product_category: 'Home & Garden > Tea' }, 'Home & Garden/Tea', undefined],
		[{ google_product_category: 'Home & Garden > Tea' }, 'Home & Garden/Tea', undefined],
		[{ google_product_category: '2271' }, undefined, '2271'],
		[{ product_type: 'Home', google_product_category: '2271' }, 'Home', '2271'],
	])('with %o has the category %s', async (values, category, googleCategory) => {
		const [row] = await readProducts(tsv({ id: 'A', ...values }), { format: 'google' })
		const product = row && 'upsert' in row ? row.upsert.product : undefined
		expect(product?.category).toBe(category)
		expect(product?.attributes?.['google_product_category']).toBe(googleCategory)
	})

	test.each([
		['https://cdn.example.com/my photo.jpg', ['https://cdn.example.com/my%20photo.jpg']],
		[
			'https://cdn.example.com/1.jpg https://cdn.example.com/2.jpg',
			['https://cdn.example.com/1.jpg', 'https://cdn.example.com/2.jpg'],
		],
	])('with the image %s has the images %j', async (image_link, imageUrls) => {
		expect(await readProducts(tsv({ id: 'A', image_link }), { format: 'google' })).toMatchObject([
			{ upsert: { product: { imageUrls } } },
		])
	})

	test('keeps the price, and the price of a sale as an attribute', async () => {
		const values = { id: 'A', price: '20,00 EUR', sale_price: '15,00 EUR' }
		expect(await readProducts(tsv(values), { format: 'google' })).toMatchObject([
			{ upsert: { product: { price: { amountMinor: 2000 }, attributes: { sale_price: '15,00 EUR' } } } },
		])
	})

	test('clears what is there and empty, and leaves alone what is not there', async () => {
		const values = { id: 'A', brand: '', image_link: '', item_group_id: '' }
		expect(await readProducts(tsv(values), { format: 'google' })).toMatchObject([
			{
				upsert: {
					product: { brand: '', imageUrls: [], group: '' },
					updateMask: { paths: ['brand', 'group', 'image_urls'] },
				},
			},
		])
	})

	test('takes fields from other columns that a mapping names', async () => {
		const options = { format: 'google' as const, map: { title: 'custom_label_0' }, skuFrom: 'gtin' }
		const values = { ...columns, custom_label_0: 'Tee' }
		expect(await readProducts(tsv(values), options)).toMatchObject([
			{ upsert: { product: { sku: '4901234567894', title: 'Tee' }, sourceSku: '4901234567894' } },
		])
	})
})
