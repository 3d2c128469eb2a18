import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { product, upserts } from '../start-catalog.ts'

// A sku, and a title.
const rows: [sku: string, title: string][] = [
	['DE-1', 'Müllbeutel 20 l'],
	['DE-2', 'Küchenstühle aus Buche'],
	['DE-3', 'Motoröl 5W30'],
	['DE-4', 'Tür Öl natur'],
	['TY-3', 'Van tyre 215/65R16'],
	['RU-1', 'Чайник Ёлка'],
	['SOA-1', 'Olive soap'],
	['PNT-1', 'Wall paint'],
	['GDN-1', 'Garden hose'],
	['HOM-1', 'Home perfume'],
	['HOM-2', 'Home decoration'],
	['HOM-3', 'Home lamp'],
	['SEL-1', 'Selfie stick'],
	['SEL-2', 'Self adhesive hooks stick'],
	['MUG-1', 'Stoneware mug'],
	['MUG-2', 'Enamel mug'],
	['TS-1', 'Organic T-Shirt red'],
	['TY-1', 'Car tyre 205/60 R16'],
	['TY-2', 'Car tyre 205/55 R16'],
	['GPU-1', 'Graphics card RTX 4070'],
	['AR-4', 'Wrench'],
	['GL-1', 'Glim lamp frost'],
	['GL-2', 'Glim frost lamp'],
	['KIT-1', 'Slicer'],
	['SHO-1', 'Leather slipper for the house'],
	['AR-1', 'قميص للأطفال'],
	['HI-1', 'हिन्दी किताब'],
	['CPU-1', 'Processor Core i7-13700K'],
]

describe.each(engines)('a search on %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const search = async (query: string) => {
		const { products, ...rest } = await catalog.search({ query, pageSize: 100 })
		return { ...rest, skus: products.map(({ sku }) => sku) }
	}

	beforeAll(async () => {
		await catalog.import([
			{
				upserts: upserts(
					rows.map(([sku, title]) => product({ sku, title, brand: '' })),
					5,
				),
			},
		])
	})

	test.each([
		['müllbeutal', 'müllbeutel'],
		['Müllbeutal', 'Müllbeutel'],
		['küchenstühlle', 'küchenstühle'],
		['чайникк', 'чайник'],
	])('shows the correction of "%s" as products write it', async (query, expected) => {
		expect(await search(query)).toMatchObject({ match: 'MATCH_CORRECTED', correctedQuery: expected })
	})

	test('takes no part of a sku for a correction', async () => {
		expect(await search('olive sopa')).toMatchObject({ correctedQuery: 'olive soap', skus: ['SOA-1'] })
		expect(await search('pint')).toMatchObject({ correctedQuery: 'paint', skus: ['PNT-1'] })
	})

	test('finds only products that have the word that was probably meant', async () => {
		const found = await search('hoze')
		expect(found.match).toBe('MATCH_CORRECTED')
		const titles = new Map(rows)
		for (const sku of found.skus) expect(titles.get(sku)?.toLowerCase()).toContain(found.correctedQuery)
	})

	test('takes a letter that was typed once instead of twice for the likeliest typo', async () => {
		expect(await search('sliper')).toMatchObject({ correctedQuery: 'slipper', skus: ['SHO-1'] })
	})

	test.each(['öl', 'oel'])('finds "%s" at the end of a compound', async (query) => {
		const { skus } = await search(query)
		expect(skus.filter((sku) => sku.startsWith('DE-'))).toEqual(['DE-4', 'DE-3'])
	})

	test.each([
		['اطفال', 'AR-1'],
		['हिंदी', 'HI-1'],
		['i713700k', 'CPU-1'],
		['21565R16', 'TY-3'],
	])('finds "%s" in another spelling', async (query, sku) => {
		expect(await search(query)).toMatchObject({ match: 'MATCH_ALL', skus: [sku] })
	})

	test('takes a word that shares a bare beginning with another for a typo', async () => {
		expect(await search('selfe stick')).toMatchObject({ correctedQuery: 'selfie stick', skus: ['SEL-1'] })
	})

	test('lists all other products for a query of excluded words', async () => {
		const found = await search('-mug')
		expect(found).toMatchObject({ match: 'MATCH_ALL', totalSize: rows.length - 2, totalSizeExact: true })
		expect(found.skus).not.toContain('MUG-1')
	})

	test.each(['mug -s', 'mug -sto', 'mug -"enamel', 'mug -"sto'])(
		'takes excluded words as they stand: %s',
		async (query) => {
			const expected = query.includes('enamel') ? ['MUG-1'] : ['MUG-1', 'MUG-2']
			expect((await search(query)).skus).toEqual(expected)
		},
	)

	test.each(['xyzzy foo', '"', '-'])(
		'says that no product has a part of the words only when there is one: %s',
		async (query) => {
			expect(await search(query)).toMatchObject({ skus: [], match: 'MATCH_ALL' })
		},
	)

	test.each([
		['rtx 4', ['GPU-1']],
		['205/5', ['TY-2']],
		['205/55R1', ['TY-2']],
		['car tyre 205/5', ['TY-2']],
	])('completes the number at the end of "%s"', async (query, expected) => {
		expect(await search(query)).toMatchObject({ match: 'MATCH_ALL', skus: expected })
	})

	test.each(['"organic tshirt red"', '"organic t-shirt red"', '"tshirt red"', '"organic tshirt"'])(
		'finds the phrase %s',
		async (query) => {
			expect((await search(query)).skus).toEqual(['TS-1'])
		},
	)

	test('puts words that stand together before words that stand apart', async () => {
		for (const query of ['glim frost', 'frost glim'])
			expect((await search(query)).skus, query).toEqual(['GL-2', 'GL-1'])
	})

	test('counts all products that an unfinished word finds', async () => {
		const found = await search('s')
		expect(found).toMatchObject({ totalSizeExact: true, totalSize: found.skus.length })
	})

	test('finds words of products although words of former products are nearer', async () => {
		const write = (titles: string[]) =>
			catalog.import([
				{
					upserts: upserts(
						titles.map((title, index) => product({ sku: `Z-${index}`, title, brand: '' })),
						5,
					),
				},
			])
		for (const ending of 'lmprstvwy') await write(Array.from({ length: 3 }, () => `Zorba${ending} lamp`))
		await write(['Zorban lamp', 'Zorban lamp', 'Zorban lamp'])
		expect(await search('zorbax')).toMatchObject({ match: 'MATCH_CORRECTED', correctedQuery: 'zorban', totalSize: 3 })
		expect(await search('zorbax lamp')).toMatchObject({ match: 'MATCH_CORRECTED', totalSize: 3 })
	})
})
