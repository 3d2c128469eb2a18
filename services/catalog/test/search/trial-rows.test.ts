import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, upserts } from '../start-catalog.ts'

// A sku, a title, and perhaps a brand.
const rows: [sku: string, title: string, brand?: string][] = [
	['KT-INS114-DRE', 'Embroidered kitchen apron'],
	['MT1022535AB', 'Torque wrench adapter'],
	['WF-100', 'Wi-Fi range extender AC1200'],
	['TS-RED', 'T-Shirt red'],
	['TS-LNG', 'Long sleeve tshirt green'],
	['MLK-500', 'Oat milk 500ml'],
	['MUG-1', 'Stoneware mug, 350 ml'],
	['SCR-M4', 'Screw M4x20 mm zinc'],
	['DOR-X', 'Tür Öl natur'],
	['GER-1', 'Kaffeebecher Steingut'],
	['ZH-1', '红色连衣裙 夏季新款'],
	['JA-1', '有機緑茶ティーバッグ'],
	['TH-A', 'เสื้อยืดสีแดงผ้าฝ้าย'],
	['KO-1', '유기농녹차 티백'],
	['AR-1', 'فستان أحمر صيفي'],
	['AR-2', 'قَهْوَة عَرَبِيَّة'],
	['LEV-501', 'Levi’s 501 men’s jeans', "Levi's"],
	['KNV-1', "Chef's knives set"],
	['PRJ-1', 'Epson EH TW5600 Full HD projector'],
	['TYR-2', 'Car tyre 185/60R14 summer'],
	['CHL-1', 'Channel Line bracket'],
	['CHL-2', 'ChannelLine end cap'],
	['BHR-1', 'Drill bit BC1010 HSS'],
	['MUE-1', 'Müller Martini Toothed Belt', 'Müller Martini'],
	['MUE-2', 'Muellerei Mehl Typ 405'],
	['BAT-1', 'Battery AA 1.5V pack of 4'],
	['CUP-1', 'Coffee mug'],
]

describe.each(engines)('a search on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const skusOf = ({ products }: SearchProductsResponse__Output) => products.map(({ sku }) => sku)
	const find = async (query: string) => skusOf(await catalog.search({ query }))

	beforeAll(async () => {
		const products = rows.map(([sku, title, brand = '']) => product({ sku, title, brand }))
		await catalog.import([{ upserts: upserts(products, 5) }])
	})

	test.each([
		['350ml', 'MUG-1'],
		['500 ml', 'MLK-500'],
		['1.5 V battery', 'BAT-1'],
		['1,5V', 'BAT-1'],
		['wifi', 'WF-100'],
		['wi fi', 'WF-100'],
		['tshirt red', 'TS-RED'],
		['t shirt green', 'TS-LNG'],
		['BC 1010', 'BHR-1'],
		['185/60 R14', 'TYR-2'],
		['5600', 'PRJ-1'],
		['M4 x 20', 'SCR-M4'],
		['ktins114dre', 'KT-INS114-DRE'],
		['KT INS114', 'KT-INS114-DRE'],
		['KT-INS', 'KT-INS114-DRE'],
		['35AB', 'MT1022535AB'],
		['1022535', 'MT1022535AB'],
		['becher', 'GER-1'],
		['coffeemug', 'CUP-1'],
		['levis 501', 'LEV-501'],
		['knife', 'KNV-1'],
	])('finds "%s" across the borders inside words', async (query, sku) => {
		expect((await find(query))[0]).toBe(sku)
	})

	test('finds a word written as one, as two and with a capital inside', async () => {
		for (const query of ['channelline', 'Channel Line', 'ChannelLine']) {
			expect((await find(query)).toSorted(), query).toEqual(['CHL-1', 'CHL-2'])
		}
	})

	test('finds both spellings of a word, whichever was typed', async () => {
		for (const query of ['tshirt', 't-shirt', 'T Shirt']) {
			expect((await find(query)).toSorted(), query).toEqual(['TS-LNG', 'TS-RED'])
		}
	})

	test.each([
		['连衣裙', 'ZH-1'],
		['红色', 'ZH-1'],
		['緑茶', 'JA-1'],
		['ティーバッグ', 'JA-1'],
		['เสื้อยืด', 'TH-A'],
		['สีแดง', 'TH-A'],
		['녹차', 'KO-1'],
	])('finds "%s" in a script without spaces', async (query, sku) => {
		expect(await find(query)).toEqual([sku])
	})

	test.each([
		['قهوة', 'AR-2'],
		['عربية', 'AR-2'],
		['احمر', 'AR-1'],
		['أحمر', 'AR-1'],
	])('finds "%s" whatever marks the letters have', async (query, sku) => {
		expect(await find(query)).toEqual([sku])
	})

	test.each([
		['mueller', 'MUE-1'],
		['muller', 'MUE-1'],
		['Müller', 'MUE-1'],
		['oel', 'DOR-X'],
		['öl', 'DOR-X'],
		['tuer', 'DOR-X'],
	])('finds "%s" with any spelling of its umlaut first', async (query, sku) => {
		expect((await find(query))[0]).toBe(sku)
	})

	test('never corrects a word with digits', async () => {
		expect(await find('5601')).toEqual([])
		expect(await find('351ml')).toEqual([])
	})

	test('shows the best part when one word of three is unknown', async () => {
		const response = await catalog.search({ query: 'stoneware mug qwertyuiop' })
		expect(response.match).toBe('MATCH_SOME')
		expect(skusOf(response)).toEqual(['MUG-1'])
	})

	test('puts words in quotes together and leaves out words after a minus', async () => {
		expect(await find('"oat milk"')).toEqual(['MLK-500'])
		expect(await find('"milk oat"')).toEqual([])
		expect(await find('mug -coffee')).toEqual(['MUG-1'])
		expect(await find('-coffee')).not.toContain('CUP-1')
	})

	test('finds a product as soon as it was created, by a beginning and by a typo', async () => {
		await catalog.create(product({ sku: 'NEW-1', title: 'Zirbelkiefer' }))
		expect(await find('zirbelk')).toEqual(['NEW-1'])
		expect(await find('zirbelkeifer')).toEqual(['NEW-1'])
		await catalog.archive('NEW-1')
		expect(await find('zirbelkiefer')).toEqual([])
	})
})
