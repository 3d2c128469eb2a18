import { createBatcher } from '@mercat/service/batcher'
import type { Budget } from '@mercat/service/budget'
import { batchedErrors } from '../../errors/batched-errors.ts'
import type { SearchIndexNeeds } from './create-search-index.ts'
import type { IndexRows, ReadRows, RowRead } from './index-rows.ts'
import type { IndexQuery } from './search-index.ts'

/** Reads all that a query needs as it is at one moment, but for the bytes of rows with known keys. */
type ReadUnknownRows = (query: IndexQuery, knownKeys: readonly string[], budget: Budget) => Promise<IndexRows>

const longestReadMs = 2_000

/**
 * Queries that wait at the same moment share one statement, which sees a moment after all of them. To send a statement takes longer than
 * to read a few rows.
 */
export function batchRowReads(readRows: ReadUnknownRows): SearchIndexNeeds['readRows'] {
	const read = createBatcher<RowRead, ReadRows>({
		name: 'read search index',
		gather: setImmediate,
		mostItems: 16,
		mostBatches: 2,
		mostWaiting: 4_096,
		...batchedErrors,
		async run(reads, budget) {
			const known = new Map(reads.flatMap((read) => [...read.known]))
			const rows = await readRows(allOf(reads.map(({ query }) => query)), [...known.keys()], budget)
			return reads.map(({ query }) => ({ ...rows, postings: rowsOf(query, rows.postings), known }))
		},
	})
	return (item, { deadline, signal, trace }) =>
		read(item, { deadline: Math.min(deadline, performance.now() + longestReadMs), signal, trace })
}

function allOf(queries: readonly IndexQuery[]): IndexQuery {
	const most = new Map<string, number>()
	for (const given of queries.flatMap(({ beginnings = [] }) => beginnings)) {
		most.set(given.beginning, Math.max(given.most, most.get(given.beginning) ?? 0))
	}
	return {
		tokens: [...new Set(queries.flatMap(({ tokens }) => tokens))],
		beginnings: Array.from(most, ([beginning, most]) => ({ beginning, most })),
	}
}

function rowsOf({ tokens, beginnings = [] }: IndexQuery, rows: IndexRows['postings']): IndexRows['postings'] {
	const wanted = new Set(tokens)
	return rows.filter(
		({ token }) => wanted.has(token) || beginnings.some(({ beginning }) => token.startsWith(beginning)),
	)
}
