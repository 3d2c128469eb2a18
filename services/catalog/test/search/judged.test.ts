import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sharedCatalog } from '../shared-catalog.ts'
import { tokenFor } from '../start-catalog.ts'
import { judgedProducts, judgedQueries, judgedSynonyms } from './judged/judged-set.ts'
import { byKind, type JudgedAnswer, meanQuality, qualityOf } from './judged/search-quality.ts'

const queries = judgedQueries()
const products = judgedProducts()

describe('the judged set', () => {
	test('has no query twice, and grades from 1 to 3 for products that exist', () => {
		const skus = new Set(products.map(({ product }) => product?.sku))
		expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length)
		for (const { query, answers } of queries) {
			expect(Object.keys(answers).filter((sku) => !skus.has(sku))).toEqual([])
			expect(Math.max(...Object.values(answers)), query).toBe(3)
			expect(Object.values(answers).every((grade) => [1, 2, 3].includes(grade))).toBe(true)
		}
	})

	test('the best order of a query has the quality 1, and an order without its answers 0', () => {
		const judged = { query: 'mug', kind: 'word', answers: { a: 3, b: 1, c: 2 } }
		expect(qualityOf({ judged, found: ['a', 'c', 'b'] })).toEqual({ ndcg: 1, recall: 1, rightFirst: 1 })
		expect(qualityOf({ judged, found: ['x', 'y'] })).toEqual({ ndcg: 0, recall: 0, rightFirst: 0 })
		const swapped = qualityOf({ judged, found: ['c', 'x', 'a'] })
		expect(swapped.ndcg).toBeCloseTo((3 + 7 / 2) / (7 + 3 / Math.log2(3) + 1 / 2), 10)
		expect(swapped).toMatchObject({ recall: 1, rightFirst: 0 })
	})
})

describe('search over the judged set', () => {
	const catalog = sharedCatalog('postgres')
	const answers: JudgedAnswer[] = []
	beforeAll(async () => {
		await catalog.import([{ upserts: products }])
		await callUnary(
			catalog.catalog,
			catalogRpcs.ImportSynonyms,
			{ rules: judgedSynonyms() },
			{ timeoutMs: 60_000, token: tokenFor('catalog:write') },
		)
		for (const judged of queries) {
			const { products: found } = await catalog.search({ query: judged.query, pageSize: 10 })
			answers.push({ judged, found: found.map(({ sku }) => sku) })
		}
		console.log(report(answers))
	})

	test('it finds what was meant, in a good order', () => {
		const { ndcg, recall } = meanQuality(answers)
		expect(ndcg).toBeGreaterThan(0.95)
		expect(recall).toBeGreaterThan(0.95)
	})

	test('a query with one typo has the right first hit', () => {
		const typos = byKind(answers).get('typo') ?? []
		expect(typos.length).toBeGreaterThan(60)
		expect(meanQuality(typos).rightFirst).toBeGreaterThan(0.95)
	})
})

/** The figures of all kinds, and the queries with the worst answers. */
function report(answers: JudgedAnswer[]): string {
	const percent = (value: number) => (100 * value).toFixed(1).padStart(5)
	const line = (name: string, some: JudgedAnswer[]) => {
		const { ndcg, recall, rightFirst } = meanQuality(some)
		const count = String(some.length).padStart(4)
		return `${name.padEnd(12)} ${count}  nDCG@10 ${percent(ndcg)}  recall@10 ${percent(recall)}  first ${percent(rightFirst)}`
	}
	const worst = answers
		.map((answer) => ({ ...answer, ...qualityOf(answer) }))
		.toSorted((a, b) => a.ndcg - b.ndcg)
		.slice(0, 10)
		.map(({ ndcg, judged, found }) => `${percent(ndcg)}  ${judged.query}: ${found.slice(0, 4).join(', ')}`)
	const kinds = [...byKind(answers)].map(([kind, some]) => line(kind, some))
	return [line('all', answers), ...kinds, 'the worst:', ...worst].join('\n')
}
