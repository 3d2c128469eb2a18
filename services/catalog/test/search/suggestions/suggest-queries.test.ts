import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { searchCalls } from '../../search-calls.ts'
import { sharedCatalog } from '../../shared-catalog.ts'
import { errorOf, product, upserts } from '../../start-catalog.ts'

const products = [
	product({ sku: 'MUG-1', title: 'Stoneware mug', brand: 'Lindmora', category: 'Home/Kitchen' }),
	product({ sku: 'MUG-2', title: 'Stoneware mug, large', brand: 'Lindmora', category: 'Home/Kitchen' }),
	product({ sku: 'BOWL-1', title: 'Stoneware bowl', brand: 'Lindmora', category: 'Home/Kitchen' }),
	product({ sku: 'BOX-1', title: 'Storage box', brand: 'Nordlys', category: 'Home/Storage' }),
	product({ sku: 'MIX-1', title: 'Stand mixer', brand: 'Stova', category: 'Home/Kitchen' }),
	product({
		sku: 'TEE-1',
		title: 'T-Shirt',
		description: 'Stitched twice.',
		brand: 'Müller Martini',
		category: 'Clothes',
	}),
	product({ sku: 'GONE', title: 'Stolen goods', brand: 'Stoat', category: 'Stoats' }),
]

const soon = (check: () => Promise<void>) => eventually(check)

describe.each(engines)('%s', (engine) => {
	const catalog = sharedCatalog(engine)
	beforeAll(async () => {
		await catalog.import([{ upserts: upserts(products, 5) }])
		await catalog.archive('GONE')
		await soon(async () => expect(await suggest('storag')).toContain('query: storage'))
	})

	async function suggest(prefix: string, limit = 20): Promise<string[]> {
		const { suggestions } = await searchCalls(catalog).suggest(prefix, limit)
		return suggestions.map(({ text, kind }) => `${kind.replace('SUGGESTION_KIND_', '').toLowerCase()}: ${text}`)
	}

	test('the last word is completed, the completion of most products first', async () => {
		const found = await suggest('sto')
		expect(found.filter((each) => each.startsWith('query'))).toEqual(['query: stoneware', 'query: storage'])
	})

	test('brands and categories are found by the beginning of any of their words', async () => {
		expect(await suggest('mart')).toContain('brand: Müller Martini')
		expect(await suggest('müll')).toContain('brand: Müller Martini')
		expect(await suggest('kit')).toContain('category: Home/Kitchen')
	})

	test('a word that is left out has no brands and no categories', async () => {
		expect(await suggest('-mül')).toEqual([])
		expect(await suggest('stoneware -lind')).not.toContain('brand: Lindmora')
	})

	test('a category is not suggested for a word of the category above it', async () => {
		expect(await suggest('hom')).toEqual(expect.arrayContaining(['category: Home']))
		expect(await suggest('hom')).not.toContain('category: Home/Kitchen')
		expect(await suggest('home kit')).toContain('category: Home/Kitchen')
	})

	test('a category that is typed whole has the categories below it', async () => {
		expect(await suggest('home')).toEqual(['category: Home/Kitchen', 'category: Home/Storage'])
		expect(await suggest('Home/')).toEqual(['category: Home/Kitchen', 'category: Home/Storage'])
	})

	test('titles are suggested from three letters on, the shortest first', async () => {
		expect((await suggest('stonew')).filter((each) => each.startsWith('product'))).toEqual([
			'product: Stoneware mug',
			'product: Stoneware bowl',
			'product: Stoneware mug, large',
		])
		expect((await suggest('st')).filter((each) => each.startsWith('product'))).toEqual([])
	})

	test('only words that stand beside the words before are suggested, and these words stay as they were typed', async () => {
		expect(await suggest('Stoneware m')).toEqual(['query: Stoneware mug', 'product: Stoneware mug, large'])
		expect((await suggest('stoneware b')).slice(0, 1)).toEqual(['query: stoneware bowl'])
	})

	test('a misspelled query has its correction, when nothing begins so', async () => {
		expect(await suggest('stov')).toEqual(['brand: Stova'])
		expect((await suggest('stonewear'))[0]).toBe('correction: stoneware')
		expect((await suggest('stonwear mug'))[0]).toBe('correction: stoneware mug')
	})

	test('nothing of archived products is suggested', async () => {
		expect(await suggest('stol')).toEqual([])
		expect(await suggest('stoat')).toEqual([])
	})

	test('a product that was just written is suggested soon', async () => {
		await catalog.create(product({ sku: 'NEW-1', title: 'Xylophone', brand: 'Xanadu' }))
		await soon(async () => expect(await suggest('xyl')).toEqual(['query: xylophone']))
		await soon(async () => expect(await suggest('xan')).toContain('brand: Xanadu'))
		await catalog.archive('NEW-1')
	})

	test('no text comes twice, however it is written, and the same question has the same answer', async () => {
		const found = await suggest('st')
		const texts = found.map((each) => each.slice(each.indexOf(':') + 2).toLowerCase())
		expect(new Set(texts).size).toBe(texts.length)
		expect(await suggest('st')).toEqual(found)
	})

	test('there are at most 8 suggestions, or as many as were asked for, up to 20', async () => {
		const letters = Array.from({ length: 25 }, (_, index) => String.fromCharCode(97 + index).repeat(3))
		const many = letters.map((word) => product({ sku: word, title: `zz${word} thing` }))
		await catalog.import([{ upserts: upserts(many) }])
		await soon(async () => expect(await suggest('zz', 0)).toHaveLength(8))
		expect(await suggest('zz', 3)).toHaveLength(3)
		expect((await suggest('zz', 100)).length).toBeLessThanOrEqual(20)
	})

	test('a word is suggested although many words of archived products begin so', async () => {
		const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(97 + index))
		const gone = letters.map((letter) => product({ sku: `GONE-${letter}`, title: `Qorb${letter}${letter}` }))
		const kept = product({ sku: 'KEPT', title: 'Qorbzzz' })
		await catalog.import([{ upserts: upserts([...gone, kept]) }])
		for (const { sku } of gone) await catalog.archive(sku as string)
		await soon(async () => expect(await suggest('qorb')).toEqual(['query: qorbzzz']))
	})

	test('no prefix is an error of ours', async () => {
		const hostile = [
			"'",
			'"',
			'-',
			'%',
			'\\',
			'a & b | !c',
			':*',
			'🍵',
			'\u202Eabc',
			'\0',
			' ',
			'x'.repeat(20_000),
			'红色',
		]
		for (const prefix of hostile) expect(await suggest(prefix), prefix.slice(0, 20)).toEqual(expect.any(Array))
		expect(await suggest('')).toEqual([])
		expect(await errorOf(searchCalls(catalog).suggest('x'.repeat(20_001)))).toMatchObject({ reason: 'INVALID_REQUEST' })
		expect(await errorOf(searchCalls(catalog).suggest('x', -1))).toMatchObject({
			fieldViolations: [{ field: 'limit', description: 'must not be negative' }],
		})
	})
})
