import fc from 'fast-check'
import { expect, test } from 'vitest'
import { adjacentPostings } from '../../../src/search/matching/adjacent-postings.ts'
import { docsWithAll, docsWithAny } from '../../../src/search/matching/find-docs.ts'
import { joinPostings, unionOfDocs } from '../../../src/search/matching/postings-lists.ts'
import { placesByDoc, postingsOf } from './postings-of.ts'

const docs = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 60 })
const terms = fc.array(fc.array(docs, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
const listsOf = (term: number[][]) =>
	term.map((list) => ({ postings: postingsOf(Object.fromEntries(list.map((doc) => [doc, [0]]))) }))
const sorted = (all: Iterable<number>) => [...new Set(all)].sort((one, other) => one - other)

test('docs with all terms are in one list of each term and in no excluded list', () => {
	fc.assert(
		fc.property(terms, docs, (given, excluded) => {
			const found = docsWithAll(given.map(listsOf), [listsOf([excluded])])
			const wanted = sorted(given.flat(2)).filter(
				(doc) => !excluded.includes(doc) && given.every((term) => term.some((list) => list.includes(doc))),
			)
			expect([...found]).toEqual(wanted)
		}),
	)
})

test('docs with any term are in one list of any term and in no excluded list', () => {
	fc.assert(
		fc.property(terms, docs, (given, excluded) => {
			const found = docsWithAny(given.map(listsOf), [listsOf([excluded])])
			expect([...found]).toEqual(sorted(given.flat(2)).filter((doc) => !excluded.includes(doc)))
		}),
	)
})

test('a rare term is found among many docs, and many docs around a rare one', () => {
	const many = Array.from({ length: 5_000 }, (_, index) => 3 * index)
	for (const order of [
		[many, [6_000, 6_001]],
		[[6_000, 6_001], many],
	]) {
		expect([...docsWithAll([listsOf([order[0] as number[]]), listsOf([order[1] as number[]])], [])]).toEqual([6_000])
	}
})

test('parts of postings are joined in the order of their docs, with their places', () => {
	const parts: Record<number, number[]>[] = [{ 7: [1], 1: [8, 16] }, { 3: [2] }, { 9: [5], 8: [6, 14, 22] }]
	expect(placesByDoc(joinPostings(parts.map(postingsOf)))).toEqual(Object.assign({}, ...parts))
	expect([...unionOfDocs([])]).toEqual([])
})

test('tokens are adjacent at the next position or at the same one, also of the second place of a joined form, and only in one field', () => {
	const first = postingsOf({ 1: [0], 2: [0], 3: [0], 4: [5, 13], 5: [8], 6: [0] })
	const second = postingsOf({ 1: [8], 2: [16], 3: [0], 4: [21], 5: [0], 7: [8] })
	expect(placesByDoc(adjacentPostings([first, second]))).toEqual({ 1: [0], 3: [0], 4: [5, 13] })
	const third = postingsOf({ 1: [16], 3: [16] })
	expect(placesByDoc(adjacentPostings([first, second, third]))).toEqual({ 1: [0] })
})
