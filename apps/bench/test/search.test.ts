import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { judgedProducts } from '@mercat/catalog/testing/judged-set'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { randomFrom } from '../src/importing/random-words.ts'
import { catalogWords } from '../src/search/catalog-words.ts'
import { writeGeneratedCatalog } from '../src/search/generated-catalog.ts'
import { createMiniSearch } from '../src/search/mini-search.ts'
import { misspelled } from '../src/search/misspelled.ts'
import type { SearchQuery } from '../src/search/query-mix.ts'

const products = 4_000

describe('a generated catalog', () => {
	let folder: string
	let queries: SearchQuery[]
	let rows: string[]
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'mercat-search-'))
		queries = await writeGeneratedCatalog(join(folder, 'a.csv'), products)
		rows = readFileSync(join(folder, 'a.csv'), 'utf8').trimEnd().split('\n').slice(1)
	})
	afterAll(() => rm(folder, { recursive: true }))

	test('is the same each time, and no sku comes twice', async () => {
		expect(await writeGeneratedCatalog(join(folder, 'b.csv'), products)).toEqual(queries)
		expect(readFileSync(join(folder, 'b.csv')).equals(readFileSync(join(folder, 'a.csv')))).toBe(true)
		expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(products)
	})

	test('the queries are half of two words, a fifth one common word, a fifth with a typo, a tenth empty with filters', () => {
		const counts = Object.groupBy(queries, ({ kind }) => kind)
		const shares = Object.entries(counts).map(([kind, some]) => [kind, some.length / queries.length])
		expect(Object.fromEntries(shares)).toEqual({ 'two words': 0.5, 'common word': 0.2, typo: 0.2, filters: 0.1 })
		expect(queries.every(({ query, category, brand }) => query !== '' || (category ?? brand) !== undefined)).toBe(true)
	})

	test('some product has both words of a query in its title', () => {
		const titles = rows.map((row) => ` ${row.split(',')[1]?.toLowerCase()} `)
		const pairs = queries.filter(({ kind }) => kind === 'two words').slice(0, 50)
		for (const { query } of pairs) {
			const words = query.toLowerCase().split(' ')
			expect(titles.some((title) => words.every((word) => title.includes(` ${word} `)))).toBe(true)
		}
	})
})

test('the vocabulary grows with the square root of the catalog', () => {
	const distinct = (count: number) => {
		const words = catalogWords(count, randomFrom(1))
		return new Set(Array.from({ length: 40 * count }, words.any)).size
	}
	const growth = distinct(16_000) / distinct(4_000)
	expect(growth).toBeGreaterThan(1.8)
	expect(growth).toBeLessThan(2.2)
})

test('a misspelled word has one letter more or less, or other letters at one or two places', () => {
	const random = randomFrom(2)
	for (let n = 0; n < 500; n++) {
		const wrong = misspelled('stoneware', random)
		expect(Math.abs(wrong.length - 9)).toBeLessThanOrEqual(1)
		if (wrong.length === 9) expect([...wrong].filter((letter, at) => letter !== 'stoneware'[at]).length).toBeLessThan(3)
	}
})

test('MiniSearch finds prefixes, typos and words without accents', () => {
	const search = createMiniSearch(judgedProducts())
	expect(search('stonew')[0]).toBe('MUG-STONE-350')
	expect(search('kettelbell')[0]).toBe('FIT-KETTLEBELL-12')
	expect(search('creme brulee')[0]).toBe('KIT-CREME-SET6')
})
