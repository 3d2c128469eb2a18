import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { Product } from '@mercat/catalog-api/messages/Product'
import { signToken } from '@mercat/service/tokens'
import { runMercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { jwtSecret, startTestCatalog, type TestCatalog } from '../start-catalog.ts'

let folder: string
let catalog: TestCatalog
beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-export-test-'))
	catalog = await startTestCatalog()
	writeFileSync(join(folder, 'shop.ndjson'), shop.map((product) => JSON.stringify(product)).join('\n'))
	writeFileSync(join(folder, 'foreign.csv'), foreign)
	await importInto(catalog, 'shop.ndjson')
	await importInto(catalog, 'foreign.csv', '--map', 'sku=Code,title=Name', '--currency', 'EUR')
})
afterAll(async () => {
	await catalog[Symbol.asyncDispose]()
	rmSync(folder, { recursive: true })
})

const images = (...names: string[]) => names.map((name) => `https://shop.example/${name}.jpg`)
const shirt = {
	description: 'Soft & light <b>cotton</b>\n\n  washed twice',
	brand: 'Acme',
	category: 'Clothing/Shirts',
	group: 'shirt',
	price: '19.80',
	currency: 'EUR',
}

// Products with everything that a format may lose: quotes, formulas, markup, line breaks, variants and unlike variants.
const shop: object[] = [
	{
		...shirt,
		sku: 'S-BLUE',
		title: 'Shirt – Blue / M',
		onHand: 3,
		imageUrls: images('blue', 'red', 'back'),
		attributes: { Colour: 'Blue', Size: 'M', gtin: '4006381333931' },
	},
	{
		...shirt,
		sku: 'S-RED',
		title: 'Shirt – Red / M',
		price: '21',
		onHand: 0,
		imageUrls: images('red', 'blue', 'back'),
		attributes: { Colour: 'Red', Size: 'M' },
	},
	{
		...shirt,
		sku: 'S-0',
		title: 'Another shirt',
		group: 'unlike',
		brand: '',
		onHand: 1,
		imageUrls: [],
		attributes: { fabric: 'wool', toString: 'plain' },
	},
	{
		...shirt,
		sku: 'U-1',
		title: 'Shirt of another make',
		group: 'unlike',
		brand: 'Other',
		onHand: 7,
		imageUrls: images('u'),
	},
	{
		sku: 'MUG.1',
		title: 'Mug, 24" high; "large"',
		price: '0',
		currency: 'EUR',
		onHand: 12,
		attributes: { color: '=1+1', condition: 'new', gtin: "'0400", mpn: "''7" },
	},
	{
		sku: 'alone',
		title: 'Poster',
		description: 'plain &amp; simple\ttext',
		price: '5.5',
		currency: 'EUR',
		group: 'posters',
		imageUrls: images('a', 'b'),
	},
]
const foreign = 'Code,Name,price,onHand\nA/7 x,Plate,3.10,4\n'

const writeToken = signToken(
	{ secret: jwtSecret, issuer: 'mercat', audience: 'mercat' },
	{ subject: 'test', scope: 'catalog:write', lifetimeMs: 86_400_000 },
)

function importInto(target: TestCatalog, file: string, ...options: string[]) {
	const args = ['import', join(folder, file), ...options, '--catalog', `127.0.0.1:${target.port}`]
	return runMercat(args, { JWT_SECRET: jwtSecret })
}

function exportFrom(source: TestCatalog, ...options: string[]) {
	const args = ['export', 'products', ...options, '--catalog', `127.0.0.1:${source.port}`]
	return runMercat(args, { JWT_SECRET: jwtSecret })
}

async function exportTo(source: TestCatalog, file: string, format: string): Promise<string> {
	const { exitCode, stderr } = await exportFrom(source, '--format', format, '--out', join(folder, file))
	expect(stderr).toContain('7 products were written')
	expect(exitCode).toBe(0)
	return readFileSync(join(folder, file), 'utf8')
}

const formats = [
	{ format: 'mercat', file: 'mercat.csv', options: [] },
	{ format: 'mercat', file: 'mercat.ndjson', options: [] },
	{ format: 'google', file: 'google.tsv', options: [] },
	{ format: 'shopify', file: 'shopify.csv', options: ['--currency', 'EUR'] },
]

test.for(formats)(
	'the file $file that an export has written changes nothing in its own catalog',
	async ({ format, file, options }) => {
		await exportTo(catalog, file, format)
		const { stdout, stderr } = await importInto(catalog, file, ...options)
		expect(stderr).toBe('')
		expect(stdout).toContain('7 rows: 0 created, 0 updated, 7 unchanged, 0 failed')
	},
)

test.for(formats)(
	'an export of a catalog that was filled by $file gives the same bytes',
	async ({ format, file, options }) => {
		const first = await exportTo(catalog, file, format)
		await using empty = await startTestCatalog()
		const { stdout, stderr } = await importInto(empty, file, ...options)
		expect(stderr).toBe('')
		expect(stdout).toContain('7 rows: 7 created, 0 updated, 0 unchanged, 0 failed')
		expect(await exportTo(empty, `again-${file}`, format)).toBe(first)
	},
)

// Products that only our own format can say, and more attributes than one product may have.
const odd: Product[] = [
	{
		attributes: { constructor: 'none', toString: 'none', ' size ': ' L ', 'a,"b"': '\uFFFD' },
		imageUrls: ['https://a.example/w_300,https://b.example/1.jpg', 'https://a.example/2.jpg,', 'https://a.example/3;|'],
		category: 'Home > Kitchen',
	},
	{
		attributes: JSON.parse('{ "__proto__": "none", "sourceSku": "odd-0" }'),
		category: 'Home/Mugs,Home/Mugs/Large, red',
	},
	...Array.from({ length: 60 }, (_, at) => ({ attributes: { [`name ${at}`]: 'x' } })),
].map((fields, at) => ({
	sku: `odd-${at}`,
	title: ' Odd ',
	description: '',
	brand: '',
	category: '',
	price: { currencyCode: 'EUR', amountMinor: 100 },
	...fields,
}))

test.for(['odd.csv', 'odd.ndjson'])('our own format loses nothing that a product may have: %s', async (file) => {
	await using first = await startTestCatalog()
	for (const product of odd) {
		await callUnary(
			first.clients.catalog,
			catalogRpcs.CreateProduct,
			{ product },
			{ timeoutMs: 60_000, token: writeToken },
		)
	}
	const exportOdd = async (from: TestCatalog) => {
		const { stderr } = await exportFrom(from, '--format', 'mercat', '--out', join(folder, file))
		expect(stderr).toBe(`62 products were written to ${join(folder, file)}\n`)
		return readFileSync(join(folder, file), 'utf8')
	}
	const written = await exportOdd(first)
	const again = await importInto(first, file)
	expect(again.stderr).toBe('')
	expect(again.stdout).toContain('62 rows: 0 created, 0 updated, 62 unchanged, 0 failed')
	await using empty = await startTestCatalog()
	await importInto(empty, file)
	expect(await exportOdd(empty)).toBe(written)
	const of = (sku: string) =>
		callUnary(empty.clients.catalog, catalogRpcs.GetProduct, { sku }, { timeoutMs: 60_000, token: writeToken })
	expect(await of('odd-0')).toMatchObject({
		product: {
			title: 'Odd',
			category: 'Home/Kitchen',
			imageUrls: odd[0]?.imageUrls,
			attributes: { constructor: 'none', toString: 'none', size: 'L', 'a,"b"': '\uFFFD' },
		},
	})
	expect(await of('odd-1')).toMatchObject({ product: { category: 'Home/Mugs,Home/Mugs/Large, red' } })
})

test('Shopify gets variants as one product, and products that it cannot tell apart as several', async () => {
	const { stdout } = await exportFrom(catalog, '--format', 'shopify')
	const handles = [...stdout.matchAll(/,(shirt|S-0|U-1|posters|unlike),/g)].map(([, handle]) => handle)
	expect(handles.filter((handle, at) => handle !== handles[at - 1])).toEqual(['S-0', 'shirt', 'U-1', 'posters'])
})

test('the name of a file of NDJSON tells the format, and every other export needs --format', async () => {
	const path = join(folder, 'by-name.ndjson')
	expect((await exportFrom(catalog, '--out', path)).exitCode).toBe(0)
	expect(JSON.parse(readFileSync(path, 'utf8').split('\n')[0] ?? '')).toHaveProperty('sku')
	for (const args of [[], ['--out', join(folder, 'by-name.csv')]]) {
		const { exitCode, stderr } = await exportFrom(catalog, ...args)
		expect([exitCode, stderr.split('\n')[0]]).toEqual([2, "error: option '--format <format>' is required"])
	}
})

test('an archived product is left out', async () => {
	await using other = await startTestCatalog()
	await importInto(other, 'shop.ndjson')
	await callUnary(
		other.clients.catalog,
		catalogRpcs.ArchiveProduct,
		{ sku: 'S-RED' },
		{ timeoutMs: 60_000, token: writeToken },
	)
	const { stdout } = await exportFrom(other, '--format', 'mercat')
	expect(stdout).toContain('S-BLUE')
	expect(stdout).not.toContain('S-RED')
})

test('a file of Shopify has one currency, which --currency chooses', async () => {
	await using other = await startTestCatalog()
	const lines = ['sku,title,price,currency', 'E,Euro,1,EUR', 'D,Dollar,2,USD']
	writeFileSync(join(folder, 'two.csv'), lines.join('\n'))
	await importInto(other, 'two.csv')
	const refused = await exportFrom(other, '--format', 'shopify')
	expect(refused.exitCode).toBe(1)
	expect(refused.stderr).toContain('the catalog has EUR, USD: choose one with --currency')
	const { stdout } = await exportFrom(other, '--format', 'shopify', '--currency', 'USD')
	expect(stdout).toContain('Dollar')
	expect(stdout).not.toContain('Euro')
})

test('a file for Google has the addresses of pages, if --link tells them', async () => {
	const link = 'https://shop.example/p/{sku}?from=google'
	const { stdout } = await exportFrom(catalog, '--format', 'google', '--link', link)
	expect(stdout).toContain('https://shop.example/p/MUG.1?from=google')
	const wrong = await exportFrom(catalog, '--format', 'google', '--link', 'https://shop.example/')
	expect(wrong.exitCode).toBe(2)
})
