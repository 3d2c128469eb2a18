import fc from 'fast-check'
import type { SegmentDoc } from '../../../src/search/segments/encode-segment.ts'
import type { Postings } from '../../../src/search/segments/postings.ts'

const anyToken = fc.oneof(
	fc.constantFrom(
		'mug',
		'mugs',
		'm',
		'#mug',
		'*mug',
		'',
		'größe',
		'茶',
		'\u{20bb7}',
		'\u{20bb7}a',
		'\uff21',
		'a'.repeat(200),
	),
	fc.string({ unit: 'binary' }),
)
const anyOccurrence = fc.record({ token: anyToken, place: fc.integer({ min: 0, max: 4_095 * 8 + 7 }) })
const anyNumber = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 2 ** 31 - 1 }))

/** At least one doc, in any order, of which none has many places of one token. */
export const anyDocs: fc.Arbitrary<SegmentDoc[]> = fc
	.uniqueArray(fc.record({ doc: anyNumber, occurrences: fc.array(anyOccurrence, { maxLength: 12 }) }), {
		selector: ({ doc }) => doc,
		minLength: 1,
		maxLength: 8,
	})
	.map((docs) =>
		docs.map(({ doc, occurrences }) => ({
			doc,
			tokens: occurrences.map(({ token }) => token),
			places: occurrences.map(({ place }) => place),
		})),
	)

/** The postings of each token, without any codec. */
export function plainPostings(docs: readonly SegmentDoc[]): Map<string, [doc: number, places: number[]][]> {
	const postings = new Map<string, [number, number[]][]>()
	for (const { doc, tokens, places } of docs.toSorted((a, b) => a.doc - b.doc)) {
		for (const token of new Set(tokens)) {
			const own = places.filter((_, index) => tokens[index] === token)
			const entry: [number, number[]] = [doc, [...new Set(own)].sort((a, b) => a - b)]
			postings.set(token, [...(postings.get(token) ?? []), entry])
		}
	}
	return postings
}

export function postingsIn({ docs, starts, places }: Postings): [doc: number, places: number[]][] {
	return [...docs].map((doc, index) => [doc, [...places.subarray(starts[index], starts[index + 1])]])
}
