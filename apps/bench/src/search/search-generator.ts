import { readFileSync } from 'node:fs'
import { answerJobs } from '../load/answer-jobs.ts'
import { createLatencies, type Percentiles } from '../load/latencies.ts'
import { createTally, type LoadResult } from '../load/load-result.ts'
import { keepPace } from '../load/pace.ts'
import { openFloor } from './floor-searches.ts'
import { openMercat } from './mercat-searches.ts'
import type { SearchQuery } from './query-mix.ts'

export type SearchJob = {
	/** Where the searches go: to a catalog, or to the database of the floor. */
	to: { catalog: string } | { floor: string }
	/** The path of a JSON file with the queries. */
	queries: string
	/** Searches, or suggestions for the first letters of the queries. */
	asks: 'searches' | 'suggestions'
	clients: number
	seconds: number
}

export type SearchLoad = LoadResult & {
	/** By the kind of the query. */
	kinds: Record<string, Percentiles>
	/** How many searches of a kind found nothing. */
	empty: Record<string, number>
}

/** Makes one search and tells how many products or suggestions it found. */
export type Ask = (query: SearchQuery) => Promise<number>

/** What a contestant offers to the generator. */
export type SearchPeer = AsyncDisposable & { search: Ask; suggest: Ask }

let next = 0

answerJobs(async ({ to, queries, asks, clients, seconds }: SearchJob): Promise<SearchLoad> => {
	const all = JSON.parse(readFileSync(queries, 'utf8')) as SearchQuery[]
	const asked = asks === 'searches' ? all : all.filter(({ query }) => query !== '')
	await using peer = 'catalog' in to ? openMercat(to.catalog) : await openFloor(to.floor, clients)
	const ask = asks === 'searches' ? peer.search : peer.suggest
	const tally = createTally()
	const kinds = new Map<string, ReturnType<typeof createLatencies>>()
	const empty: Record<string, number> = {}
	const send = (dueAt: number, done: () => void) => {
		// Each turn goes on where the last one ended.
		const query = asked[next++ % asked.length] as SearchQuery
		const succeeded = (found: number) => {
			tally.succeeded(dueAt)
			const latencies = kinds.get(query.kind) ?? createLatencies()
			kinds.set(query.kind, latencies)
			latencies.record(performance.now() - dueAt)
			if (found === 0) empty[query.kind] = (empty[query.kind] ?? 0) + 1
		}
		ask(query)
			.then(succeeded, (error: Error & { code?: string }) => tally.failed(error.code ?? error.message))
			.finally(done)
	}
	await keepPace(send, { clients, seconds })
	const percentiles = [...kinds].map(([kind, latencies]) => [kind, latencies.percentiles()] as const)
	return { ...tally.result(), kinds: Object.fromEntries(percentiles), empty }
})
