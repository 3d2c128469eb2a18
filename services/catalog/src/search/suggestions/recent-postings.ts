import { LRUCache } from 'lru-cache'
import type { SearchIndex } from '../index/search-index.ts'
import type { Postings } from '../segments/postings.ts'

/** The index as it is, or as it was a short time ago: {@link mostAgeMs}. */
export type RecentIndex = { read: SearchIndex['read'] }

const mostAgeMs = 2_000
const mostBytes = 8 * 2 ** 20
const bytesOfList = 200

/**
 * Postings that suggestions have read are not read again for a short time: a person who types asks for the same words at each letter,
 * and all begin with the same ones. The columns tell which docs have died meanwhile.
 */
export function recentIndex(index: SearchIndex): RecentIndex {
	const known = new LRUCache<string, readonly Postings[]>({ maxSize: mostBytes, ttl: mostAgeMs })
	let readAt = Number.NEGATIVE_INFINITY

	return {
		async read({ tokens, beginnings = [] }, budget) {
			const recent = new Map(tokens.map((token) => [token, known.get(token)]))
			const unknown = tokens.filter((token) => recent.get(token) === undefined)
			const isKnown = unknown.length + beginnings.length === 0 && performance.now() - readAt < mostAgeMs
			const answer = isKnown ? nothing : await index.read({ tokens: unknown, beginnings }, budget)
			if (!isKnown) readAt = performance.now()
			for (const token of unknown) {
				const lists = answer.postings.get(token) ?? []
				known.set(token, lists, { size: bytesOf(lists) })
			}
			const postings = new Map(answer.postings)
			for (const [token, lists] of recent) if (lists !== undefined && lists.length > 0) postings.set(token, [...lists])
			return { postings, tokensOf: answer.tokensOf }
		},
	}
}

const nothing: Awaited<ReturnType<SearchIndex['read']>> = { postings: new Map(), tokensOf: new Map() }

function bytesOf(lists: readonly Postings[]): number {
	return lists.reduce(
		(sum, { docs, starts, places }) => sum + docs.byteLength + starts.byteLength + places.byteLength + bytesOfList,
		bytesOfList,
	)
}
