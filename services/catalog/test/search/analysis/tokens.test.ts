import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyseProduct } from '../../../src/search/analysis/analyse-product.ts'
import { analyseQuery } from '../../../src/search/analysis/analyse-query.ts'
import { meets, noProduct, titled } from './meets.ts'

// Letters of many scripts, capitals, digits and the signs that mean something, beside all other characters.
const text = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string({ unit: fc.constantFrom(...'aBçÜßøß12½٣.,-/\'"+#& ŁΣςжЁأةक़ป์红のガ한\u0301\u0308\u1ffd™') }),
)
const tokenShape = /^[*#]?[\p{L}\p{N}\p{M}.]+$/u

test('tokens have letters, digits, marks and points only, and at most 64 of them', () => {
	fc.assert(
		fc.property(text, text, (title, description) => {
			const product = analyseProduct({ ...noProduct, title, description })
			const query = analyseQuery(title)
			const typed = [...query.words, ...query.spans].flatMap(({ alternatives }) => alternatives)
			for (const token of [...product.tokens, ...typed.flatMap(({ tokens }) => tokens)]) {
				expect(token).toMatch(tokenShape)
				expect(token.replace(/^[*#]/, '').length).toBeLessThanOrEqual(64)
				expect(token).toBe(token.toWellFormed())
			}
			for (const { alternatives } of query.words) expect(alternatives.length).toBeGreaterThan(0)
			for (const { tokens } of typed) expect(tokens.length).toBeGreaterThan(0)
		}),
		{ numRuns: 1_000 },
	)
})

test('a text has the same tokens in each form of Unicode', () => {
	fc.assert(
		fc.property(text, (title) => {
			for (const form of ['NFC', 'NFD']) {
				expect(analyseProduct(titled(title.normalize(form)))).toEqual(analyseProduct(titled(title)))
				expect(analyseQuery(title.normalize(form))).toEqual(analyseQuery(title))
			}
		}),
		{ numRuns: 1_000 },
	)
})

test('a product is met by each word of its title as it is written', () => {
	fc.assert(
		fc.property(text, (title) => {
			for (const word of title.split(/\s+/)) {
				// A sign before a word and quotes around it mean something in a query.
				const isPlain = !/^-|["“”„«»‟″]/.test(word) && analyseQuery(word).words.length > 0
				if (isPlain) expect(meets(titled(title), word), word).toBe(true)
			}
		}),
		{ numRuns: 1_000 },
	)
})
