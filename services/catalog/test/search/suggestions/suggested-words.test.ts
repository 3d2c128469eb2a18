import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { beforeAll, describe, expect, test } from 'vitest'
import { searchCalls } from '../../search-calls.ts'
import { sharedCatalog } from '../../shared-catalog.ts'
import { product, upserts } from '../../start-catalog.ts'

const description = 'About mugging, also rinsed before use and abundantly tested.'
const products = [
	product({ sku: 'MUG-ENAMEL-350', title: 'Enamel camping mug', category: 'Home/Kitchen', description }),
	product({ sku: 'MUG-STONE-WHT', title: 'Stoneware mug, 350 ml', category: 'Home/Kitchen', description }),
	product({ sku: 'KT-INS114-DRE', title: 'Insulated lid', category: 'Home/Kitchen', attributes: { weight: '2 kg' } }),
	product({ sku: 'BAG-1', title: 'Müllbeutel 35 l' }),
	product({ sku: 'BAG-2', title: 'Halter für Müllbeutel' }),
	product({ sku: 'COF-1', title: 'قهوة عربية' }),
	product({ sku: 'NET-1', title: 'Wi-Fi range extender', brand: 'Ångström' }),
	product({ sku: 'TSH-1', title: 'T-Shirt red' }),
	product({ sku: 'JP-1', title: 'コーヒーカップ' }),
	product({ sku: 'KR-1', title: '유기농 녹차' }),
	product({ sku: 'TYRE-1', title: 'Tyre 205/55 R16' }),
	product({ sku: 'TYRE-2', title: 'Tyre 205/60 R16' }),
	product({ sku: 'GPU-1', title: 'Graphics card RTX 4070' }),
	product({ sku: 'POT-1', title: 'Casserole 4.5 l' }),
	product({ sku: 'DRILL-1', title: 'Drill bit BC1010' }),
	product({ sku: 'SOA-1', title: 'Olive soap' }),
]

describe.each(engines)('%s', (engine) => {
	const catalog = sharedCatalog(engine)
	beforeAll(async () => {
		await catalog.import([{ upserts: upserts(products, 5) }])
		await eventually(async () => expect(await suggest('soa')).toContain('query: soap'))
	})

	async function suggest(prefix: string): Promise<string[]> {
		const { suggestions } = await searchCalls(catalog).suggest(prefix, 20)
		return suggestions.map(({ text, kind }) => `${kind.replace('SUGGESTION_KIND_', '').toLowerCase()}: ${text}`)
	}
	const queries = async (prefix: string) => (await suggest(prefix)).filter((each) => each.startsWith('query'))

	test.each([
		['mug', []],
		['kt-in', []],
		['stoneware m', ['query: stoneware mug']],
		['stoneware mug, 350 m', []],
		['t-s', ['query: t-shirt']],
		['tsh', ['query: t-shirt']],
		['wif', ['query: wi-fi']],
		['Home/K', []],
	])('a piece of a sku, of a word or of a size is not suggested for %s', async (prefix, expected) => {
		expect(await queries(prefix)).toEqual(expected)
	})

	test('a path that is being typed has its category', async () => {
		expect((await suggest('Home/K'))[0]).toBe('category: Home/Kitchen')
	})

	test('words that only descriptions have, and words that say little, are not suggested', async () => {
		expect(await queries('a')).toEqual([])
		expect(await queries('be')).toEqual([])
		expect(await queries('f')).toEqual([])
	})

	test.each([
		['mü', ['query: müllbeutel']],
		['mue', ['query: müllbeutel']],
		['mull', ['query: müllbeutel']],
		['قه', ['query: قهوة']],
	])('the suggestion for %s is the word with its letters', async (prefix, expected) => {
		expect((await queries(prefix)).filter((each) => each !== 'query: mug')).toEqual(expected)
	})

	test.each([
		['コー', 'コーヒーカップ'],
		['コーヒーカ', 'コーヒーカップ'],
		['유기', '유기농 녹차'],
		['350m', 'Stoneware mug, 350 ml'],
		['stoneware 3', 'Stoneware mug, 350 ml'],
		['205/5', 'Tyre 205/55 R16'],
		['205/55R1', 'Tyre 205/55 R16'],
		['tyre 205/5', 'Tyre 205/55 R16'],
		['rtx 4', 'Graphics card RTX 4070'],
		['4.5', 'Casserole 4.5 l'],
		['casserole 4.', 'Casserole 4.5 l'],
		['casserole 4.5', 'Casserole 4.5 l'],
		['bc 10', 'Drill bit BC1010'],
		['wifi', 'Wi-Fi range extender'],
		['mug -en', 'Stoneware mug, 350 ml'],
	])('%s has a title', async (prefix, title) => {
		expect(await suggest(prefix)).toEqual([`product: ${title}`])
	})

	test('a correction finds products, and is a word that people type', async () => {
		expect(await suggest('stonware mg')).toEqual([])
		expect((await suggest('mullbeutle'))[0]).toBe('correction: müllbeutel')
		expect((await suggest('olive sopa'))[0]).toBe('correction: olive soap')
		expect((await suggest('angstrmo'))[0]).toBe('correction: ångström')
	})
})
