import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DamagedIndexError } from '../../../src/search/segments/damaged-index-error.ts'
import { decodePostings } from '../../../src/search/segments/decode-postings.ts'
import { encodeSegment } from '../../../src/search/segments/encode-segment.ts'
import { mergePostings } from '../../../src/search/segments/merge-postings.ts'
import type { PostingsPart } from '../../../src/search/segments/postings-bytes.ts'
import { readRow } from '../../../src/search/segments/postings-row.ts'
import { openSegment } from '../../../src/search/segments/segment.ts'
import { postingsIn } from './any-docs.ts'

const anyPlaces = fc.uniqueArray(fc.integer({ min: 0, max: 4_095 * 8 + 7 }), { minLength: 1, maxLength: 16 })
const anyNumber = fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }))
/** Docs, each with the number of the part that it is in. */
const anyParts = fc.uniqueArray(fc.record({ doc: anyNumber, places: anyPlaces, part: fc.nat(4) }), {
	selector: ({ doc }) => doc,
	maxLength: 40,
})
type Doc = { doc: number; places: number[] }

test('parts in any order become rows that ascend, with every doc once', () => {
	fc.assert(
		fc.property(anyParts, fc.integer({ min: 1, max: 300 }), (docs, mostBytes) => {
			const parts = [...Map.groupBy(docs, ({ part }) => part).values()].map(partOf)
			expect(docsIn(mergePostings(parts, { mostBytes }))).toEqual(expected(docs))
		}),
	)
})

test('parts that follow each other are joined as they are', () => {
	fc.assert(
		fc.property(anyParts, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 5 }), (docs, mostBytes, size) => {
			const sorted = docs.toSorted((a, b) => a.doc - b.doc)
			const groups = Array.from({ length: Math.ceil(sorted.length / size) }, (_, n) =>
				sorted.slice(n * size, (n + 1) * size),
			)
			expect(docsIn(mergePostings(groups.map(partOf).reverse(), { mostBytes }))).toEqual(expected(docs))
		}),
	)
})

test('only the docs that are kept stay', () => {
	fc.assert(
		fc.property(anyParts, fc.integer({ min: 1, max: 300 }), (docs, mostBytes) => {
			const parts = [...Map.groupBy(docs, ({ part }) => part).values()].map(partOf)
			const keepsDoc = (doc: number) => doc % 3 !== 0
			expect(docsIn(mergePostings(parts, { mostBytes, keepsDoc }))).toEqual(
				expected(docs.filter(({ doc }) => keepsDoc(doc))),
			)
		}),
	)
})

test('a doc that is in two parts is in one row', () => {
	const parts = [[doc(1), doc(5)], [doc(5), doc(9)], [doc(1)]].map(partOf)
	for (const mostBytes of [1, 1_000])
		expect(docsIn(mergePostings(parts, { mostBytes }))).toEqual(expected([doc(1), doc(5), doc(9)]))
})

test('a row has at most the bytes that it may have', () => {
	const docs = Array.from({ length: 10_000 }, (_, n) => doc(n * 2 + 1))
	const parts = Array.from({ length: 20 }, (_, n) => partOf(docs.slice(n * 500, (n + 1) * 500)))
	for (const keepsDoc of [undefined, () => true]) {
		const rows = mergePostings(parts, { mostBytes: 4_096, keepsDoc })
		for (const { bytes } of rows) expect(bytes.length).toBeLessThan(4_096 + 30)
		expect(rows.length).toBeLessThanOrEqual(10)
	}
})

test('a row that is cut off is refused', () => {
	fc.assert(
		fc.property(anyParts, fc.nat(), (docs, at) => {
			fc.pre(docs.length > 0)
			const [row] = mergePostings([partOf(docs)], { mostBytes: 65_536 })
			const { firstDoc, bytes } = row!
			expect(() => decodePostings(readRow(firstDoc, bytes.subarray(0, at % bytes.length)))).toThrow(DamagedIndexError)
		}),
	)
})

function doc(number: number): Doc {
	return { doc: number, places: [0, 13] }
}

function partOf(docs: readonly Doc[]): PostingsPart {
	const tokens = docs.map(({ doc, places }) => ({ doc, places, tokens: places.map(() => 'mug') }))
	return openSegment(encodeSegment(tokens)).part(0)
}

function docsIn(rows: readonly { firstDoc: number; docs: number; bytes: Uint8Array }[]) {
	return rows.flatMap(({ firstDoc, docs, bytes }) => {
		const postings = postingsIn(decodePostings(readRow(firstDoc, bytes)))
		expect(postings).toHaveLength(docs)
		expect(postings[0]?.[0]).toBe(firstDoc)
		return postings
	})
}

function expected(docs: readonly Doc[]): [doc: number, places: number[]][] {
	const sorted = docs.toSorted((a, b) => a.doc - b.doc)
	return sorted.map(({ doc, places }) => [doc, places.toSorted((a, b) => a - b)])
}
