import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Field, fieldOf, placeOf } from '../../../src/search/analysis/product-tokens.ts'
import { compareTokens } from '../../../src/search/segments/compare-tokens.ts'
import { DamagedIndexError } from '../../../src/search/segments/damaged-index-error.ts'
import { decodePostings } from '../../../src/search/segments/decode-postings.ts'
import { encodeSegment } from '../../../src/search/segments/encode-segment.ts'
import { mergeSegments } from '../../../src/search/segments/merge-segments.ts'
import { openSegment, type Segment } from '../../../src/search/segments/segment.ts'
import { tokenKey } from '../../../src/search/segments/token-table.ts'
import { anyDocs, plainPostings, postingsIn } from './any-docs.ts'

test('a segment has each token of its docs, with the places in order', () => {
	fc.assert(
		fc.property(anyDocs, (docs) => {
			const segment = openSegment(encodeSegment(docs))
			expect(segment.docs).toBe(docs.length)
			expect(contents(segment)).toEqual(plainPostings(docs))
			for (const token of ['mug', '', '\u{20bb7}', 'none'])
				expect(segment.partOf(tokenKey(token)) !== undefined).toBe(plainPostings(docs).has(token))
		}),
	)
})

test('the tokens of a segment are in the order of their bytes', () => {
	fc.assert(
		fc.property(anyDocs, (docs) => {
			const segment = openSegment(encodeSegment(docs))
			const tokens = Array.from({ length: segment.tokenCount }, (_, index) => segment.token(index))
			expect(tokens).toEqual(tokens.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
			expect(tokens).toEqual(tokens.toSorted(compareTokens))
		}),
	)
})

test('the first tokens with a beginning are found', () => {
	fc.assert(
		fc.property(anyDocs, fc.constantFrom('', 'm', 'mu', '#', '\u{20bb7}', 'x'), fc.nat(4), (docs, beginning, most) => {
			const expected = [...plainPostings(docs).keys()]
				.filter((token) => token.startsWith(beginning))
				.sort(compareTokens)
			expect(openSegment(encodeSegment(docs)).tokensFrom(beginning, most)).toEqual(expected.slice(0, most))
		}),
	)
})

test('segments are merged token by token, in order', () => {
	fc.assert(
		fc.property(fc.array(anyDocs, { maxLength: 5 }), (groups) => {
			const merged = [...mergeSegments(groups.map((docs) => openSegment(encodeSegment(docs))))]
			const tokens = merged.map(({ token }) => token)
			expect(tokens).toEqual([...new Set(tokens)].sort(compareTokens))
			for (const { token, parts } of merged) {
				const expected = groups.flatMap((docs) => plainPostings(docs).get(token) ?? [])
				expect(parts.flatMap((part) => postingsIn(decodePostings(part))).sort()).toEqual(expected.sort())
			}
		}),
	)
})

test('of a word that a product has a hundred times, sixteen places stay, and those in the title are the last to go', () => {
	const all = (field: Field, count: number) => Array.from({ length: count }, (_, position) => placeOf(field, position))
	const places = [...all(5, 80), ...all(0, 10), ...all(4, 10)]
	const segment = openSegment(encodeSegment([{ doc: 1, tokens: places.map(() => 'mug'), places }]))
	const kept = [...decodePostings(segment.part(0)).places]
	expect(kept).toHaveLength(16)
	expect(kept).toEqual(kept.toSorted((a, b) => a - b))
	expect(kept.map((place) => fieldOf(place)).sort()).toEqual([...Array(10).fill(0), ...Array(6).fill(4)])
})

test('a damaged segment is refused or read, and nothing worse', () => {
	fc.assert(
		fc.property(anyDocs, fc.nat(), fc.integer({ min: 1, max: 255 }), fc.boolean(), (docs, at, change, isCut) => {
			const bytes = encodeSegment(docs).slice()
			const place = at % bytes.length
			bytes[place] = (bytes[place] as number) ^ change
			const read = () => contents(openSegment(isCut ? bytes.subarray(0, place) : bytes))
			if (isCut) expect(read).toThrow(DamagedIndexError)
			else expectOrder(read)
		}),
		{ numRuns: 2_000 },
	)
})

test('a segment of another format is refused', () => {
	const bytes = encodeSegment([{ doc: 1, tokens: ['mug'], places: [0] }]).slice()
	bytes[0] = 2
	expect(() => openSegment(bytes)).toThrow('its format is 2, and not 1')
})

function contents(segment: Segment): Map<string, [doc: number, places: number[]][]> {
	const tokens = Array.from({ length: segment.tokenCount }, (_, index) => index)
	return new Map(tokens.map((index) => [segment.token(index), postingsIn(decodePostings(segment.part(index)))]))
}

/** The docs that are read ascend, whatever the bytes are. */
function expectOrder(read: () => Map<string, [doc: number, places: number[]][]>): void {
	let found: Map<string, [doc: number, places: number[]][]>
	try {
		found = read()
	} catch (error) {
		expect(error).toBeInstanceOf(DamagedIndexError)
		return
	}
	for (const postings of found.values()) {
		const docs = postings.map(([doc]) => doc)
		expect(docs).toEqual([...new Set(docs)].toSorted((a, b) => a - b))
	}
}
