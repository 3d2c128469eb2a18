import { engines } from '@mercat/testing/test-database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doc, type Found } from './index-in.ts'
import { openIndex } from './open-index.ts'

const anyStep = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ step: fc.constant('write' as const), docs: fc.integer({ min: 1, max: 4 }) }) },
	{ weight: 2, arbitrary: fc.record({ step: fc.constant('fold' as const), mostDocs: fc.integer({ min: 1, max: 8 }) }) },
	{ weight: 1, arbitrary: fc.record({ step: fc.constant('compact' as const) }) },
	{ weight: 1, arbitrary: fc.record({ step: fc.constant('die' as const), doc: fc.nat(20) }) },
	{ weight: 3, arbitrary: fc.record({ step: fc.constant('read' as const), reader: fc.nat(2) }) },
)

const tokens = ['mug', 'red', '#a', 'größe']

test.each(engines)(
	'a read finds exactly what was written before it, whatever happens in between, on %s',
	async (engine) => {
		await using index = await openIndex(engine)
		await fc.assert(
			fc.asyncProperty(fc.array(anyStep, { minLength: 10, maxLength: 60 }), async (steps) => {
				await index.database.query('truncate search_segment, search_posting, search_word')
				// The last one has no memory for segments, and so reads them each time.
				const readers = [index.reader(), index.reader(), index.reader({ mostSegmentBytes: 0, mostPostingsBytes: 1 })]
				const written: Found = {}
				const dead = new Set<number>()
				let number = 0
				for (const given of steps) {
					switch (given.step) {
						case 'write': {
							const docs = Array.from({ length: given.docs }, () => {
								number += 7
								const own = tokens.filter((_, index) => (number >> index) % 2 === 0)
								for (const token of own) written[token] = { ...written[token], [number]: [number % 40] }
								return doc(number, Object.fromEntries(own.map((token) => [token, [number % 40]])))
							})
							await index.write(...docs)
							break
						}
						case 'fold':
							await index.fold(given.mostDocs)
							break
						case 'compact':
							await index.compact(tokens, async () => (other) => !dead.has(other))
							break
						case 'die':
							dead.add(given.doc * 7)
							break
						case 'read':
							expect(living(await readers[given.reader]!.find(...tokens), dead)).toEqual(living(written, dead))
					}
				}
				while ((await index.fold(5))?.segments !== 0);
				for (const { find } of readers) expect(living(await find(...tokens), dead)).toEqual(living(written, dead))
				const words = await index.database.query<{ word: string; rows: number }>('select word, rows from search_word')
				for (const { word, rows } of words) {
					const counted = await index.database.query('select from search_posting where token = $1', [word])
					expect([word, counted.length]).toEqual([word, rows])
				}
			}),
			{ numRuns: 15 },
		)
	},
	120_000,
)

/** What is found without dead docs, of which compaction may have left out some. */
function living(found: Found, dead: ReadonlySet<number>): Found {
	const entries = Object.entries(found).map(([token, docs]): [string, Record<number, number[]>] => [
		token,
		Object.fromEntries(Object.entries(docs).filter(([number]) => !dead.has(Number(number)))),
	])
	return Object.fromEntries(entries.filter(([, docs]) => Object.keys(docs).length > 0))
}
