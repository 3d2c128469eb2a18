import { createReadStream, readFileSync } from 'node:fs'
import { openProductFile } from '@mercat/product-files/open-product-file'
import { expect, test } from 'vitest'
import { toColumnMap } from '../../src/import/import-options.ts'

const document = readFileSync(new URL('../../../../docs/product-files.md', import.meta.url), 'utf8')
const exportsFolder = new URL('../../../../packages/product-files/test/exports/', import.meta.url)

const commands = [...document.matchAll(/^mercat import (\S+\.csv) --currency (\w+) --map '(.+)'$/gm)].map(
	([, file = '', currency = '', map = '']) => ({ file, currency, map }),
)

test('the document has a command for each file of another system', () => {
	const files = ['woocommerce-german', 'magento', 'prestashop', 'opencart', 'bigcommerce-v3', 'bigcommerce'].map(
		(name) => `${name}.csv`,
	)
	expect(commands.map(({ file }) => file)).toEqual(files)
})

const expected: { [file: string]: object } = {
	'woocommerce-german.csv': {
		title: 'Tasse',
		description: 'Fasst 300 ml.',
		category: 'Küche/Tassen',
		price: { currencyCode: 'EUR', amountMinor: 790 },
		imageUrls: ['https://wp.example/tasse.jpg'],
	},
	'magento.csv': {
		title: 'Foam Brick',
		description: 'Firm & light.',
		category: 'Default Category/Gear/Fitness',
		price: { currencyCode: 'USD', amountMinor: 1400 },
	},
	'prestashop.csv': {
		title: 'Kettle',
		brand: 'Steelworks',
		category: 'Kitchen',
		price: { currencyCode: 'EUR', amountMinor: 2450 },
		imageUrls: ['http://shop.example/img/1.jpg', 'http://shop.example/img/2.jpg'],
		attributes: { gtin: '4006381333931' },
	},
	'opencart.csv': {
		title: 'Pocket radio',
		brand: 'Soundworks',
		price: { currencyCode: 'USD', amountMinor: 10_100 },
		attributes: { mpn: 'PR-40' },
	},
	'bigcommerce-v3.csv': {
		title: 'Able Brewer',
		description: 'Brews coffee.',
		price: { currencyCode: 'USD', amountMinor: 22_500 },
	},
	'bigcommerce.csv': {
		title: 'Able Brewer',
		brand: 'Brewers',
		category: 'Shop All/Kitchen',
		price: { currencyCode: 'USD', amountMinor: 22_500 },
		attributes: { gtin: '4006381333931' },
	},
}

test.for(commands)('the command of the document reads $file', async ({ file, currency, map }) => {
	const bytes = createReadStream(new URL(file, exportsFolder))
	const { rows } = await openProductFile(bytes, { currency, map: toColumnMap(map) })
	const read: unknown[] = []
	for await (const row of rows) read.push(row)
	expect(read[0]).toMatchObject({ upsert: { product: expected[file], onHand: expect.any(Number) } })
})
