import type { Database } from '@mercat/database/database'
import { createBudget } from '@mercat/service/budget'
import { createCompactStore } from '../../../src/search/folding/compact-store.ts'
import { type CompactTokensNeeds, compactTokens } from '../../../src/search/folding/compact-tokens.ts'
import { foldSegments } from '../../../src/search/folding/fold-segments.ts'
import { createFoldStore } from '../../../src/search/folding/fold-store.ts'
import { sweepPostings } from '../../../src/search/folding/sweep-postings.ts'
import { createSweepStore } from '../../../src/search/folding/sweep-store.ts'
import { batchRowReads } from '../../../src/search/index/batched-row-reads.ts'
import { createSearchIndex, type SearchIndexOptions } from '../../../src/search/index/create-search-index.ts'
import { createIndexStore } from '../../../src/search/index/index-store.ts'
import type { IndexAnswer, IndexQuery } from '../../../src/search/index/search-index.ts'
import { writeSegment } from '../../../src/search/index/segment-store.ts'
import type { ReportDamage } from '../../../src/search/segments/damaged-index-error.ts'
import type { SegmentDoc } from '../../../src/search/segments/encode-segment.ts'

/** The tokens of an answer, each with its docs and their places. */
export type Found = Record<string, Record<number, number[]>>

const atOnce = { settleMs: 0, betweenMs: 0, stepMs: 0 }

/** The parts of the index in an open database. Programs without a test runner use this, too. */
export function indexIn(database: Database) {
	const damages: string[] = []
	const onDamage: ReportDamage = ({ message }) => void damages.push(message)
	const needs = {
		...createFoldStore(database),
		...createCompactStore(database),
		...createSweepStore(database),
		onDamage,
	}
	return {
		needs,
		/** The messages about damaged rows that parts of this index have met. */
		damages,
		write: (...docs: SegmentDoc[]) => database.transaction((transaction) => writeSegment(transaction, docs)),
		fold: (mostDocs = needs.mostDocs) => foldSegments({ ...needs, mostDocs }),
		compact: (tokens: string[], knowDocs?: CompactTokensNeeds['knowDocs']) =>
			compactTokens({ ...needs, knowDocs }, tokens),
		/** As the triggers of products do. */
		die: (...docs: number[]) => database.query("insert into search_change (skus, dead_docs) values ('{}', $1)", [docs]),
		/** One step of the sweep, which waits for nothing. */
		sweepStep: (knowDocs: CompactTokensNeeds['knowDocs']) => sweepPostings({ ...needs, knowDocs }, atOnce),
		/** Sweeps to the end. */
		async sweep(knowDocs: CompactTokensNeeds['knowDocs']) {
			while (await sweepPostings({ ...needs, knowDocs }, atOnce));
		},
		/** A reader with a memory of its own, as each process has one. `onLoad` runs before it loads segments, `onRead` before a statement. */
		reader(options?: SearchIndexOptions, onLoad: () => unknown = () => {}, onRead: () => unknown = () => {}) {
			const store = createIndexStore(database)
			const readRows: typeof store.readRows = async (...query) => {
				await onRead()
				return store.readRows(...query)
			}
			const readSegments: typeof store.readSegments = async (ids, budget) => {
				await onLoad()
				return store.readSegments(ids, budget)
			}
			const index = createSearchIndex({ readRows: batchRowReads(readRows), readSegments }, options)
			return {
				read: (query: IndexQuery) => index.read(query, createBudget(20_000)),
				find: async (...tokens: string[]) => foundIn(await index.read({ tokens }, createBudget(20_000))),
			}
		},
	}
}

/** @throws Error when a doc comes twice */
export function foundIn({ postings }: IndexAnswer): Found {
	const found: Found = {}
	for (const [token, parts] of postings) {
		const docsOf: Record<number, number[]> = {}
		found[token] = docsOf
		for (const { docs, starts, places } of parts) {
			for (const [index, doc] of docs.entries()) {
				if (docsOf[doc] !== undefined) throw new Error(`${token} has doc ${doc} twice`)
				docsOf[doc] = [...places.slice(starts[index], starts[index + 1])]
			}
		}
	}
	return found
}

/** A doc with tokens, each with its places. */
export function doc(number: number, placesOf: Record<string, number[]>): SegmentDoc {
	const occurrences = Object.entries(placesOf).flatMap(([token, places]) => places.map((place) => ({ token, place })))
	return {
		doc: number,
		tokens: occurrences.map(({ token }) => token),
		places: occurrences.map(({ place }) => place),
	}
}
