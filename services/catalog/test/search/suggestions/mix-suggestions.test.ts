import { expect, test } from 'vitest'
import { mixSuggestions } from '../../../src/search/suggestions/mix-suggestions.ts'

const numbered = (name: string, count: number) => Array.from({ length: count }, (_, index) => `${name} ${index}`)
const kindsOf = (...args: Parameters<typeof mixSuggestions>) => mixSuggestions(...args).map(({ kind }) => kind)

test('half are queries, two are brands, two are categories, and the rest are titles', () => {
	const all = {
		query: numbered('q', 9),
		brand: numbered('b', 9),
		category: numbered('c', 9),
		product: numbered('p', 9),
	}
	expect(kindsOf(all, 'x', 10)).toEqual([
		...['query', 'query', 'query', 'query', 'query'],
		...['brand', 'brand', 'category', 'category', 'product'],
	])
})

test('places that a kind leaves are for the others', () => {
	expect(kindsOf({ query: numbered('q', 9), brand: ['b'] }, 'x', 6)).toEqual([
		...['query', 'query', 'query', 'query', 'query'],
		'brand',
	])
})

test('a text that differs only in case, marks or signs comes once, as the first kind that has it', () => {
	const suggested = { query: ['stoneware mug', 'x'], product: ['Stoneware mug', 'Stóneware-mug!', 'Cup'] }
	expect(mixSuggestions(suggested, 'X ', 8)).toEqual([
		{ text: 'stoneware mug', kind: 'query' },
		{ text: 'Cup', kind: 'product' },
	])
})

test('a name is a query that finds it: no word of it is left out', () => {
	const suggested = {
		brand: ['-Minus'],
		product: ['Qcable -blue edition', 'T-shirt - red'],
		query: ['rope -heavy duty'],
	}
	expect(mixSuggestions(suggested, 'x', 8).map(({ text }) => text)).toEqual([
		'rope -heavy duty',
		'Minus',
		'Qcable blue edition',
		'T-shirt - red',
	])
})
