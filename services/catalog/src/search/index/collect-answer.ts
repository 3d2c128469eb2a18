import { compareTokens } from '../segments/compare-tokens.ts'
import { decodePostings } from '../segments/decode-postings.ts'
import type { Postings } from '../segments/postings.ts'
import type { Segment } from '../segments/segment.ts'
import { tokenKey } from '../segments/token-table.ts'
import type { IndexAnswer, IndexQuery } from './search-index.ts'

/** Gathers the postings of one query. */
export type Answer = {
	/** @param key names the row: a row comes twice when two parts of the query ask for it */
	addRow(token: string, key: string, row: Postings): void
	addSegment(segment: Segment): void
	take(): IndexAnswer
}

export function createAnswer({ tokens, beginnings = [] }: IndexQuery): Answer {
	const keys = tokens.map((token) => ({ token, key: tokenKey(token) }))
	const wanted = new Set(tokens)
	const postings = new Map<string, Postings[]>()
	const rows = new Set<string>()

	function add(token: string, found: Postings): void {
		const others = postings.get(token)
		if (others === undefined) postings.set(token, [found])
		else others.push(found)
	}

	return {
		addRow(token, key, row) {
			if (rows.has(key)) return
			rows.add(key)
			add(token, row)
		},
		addSegment(segment) {
			for (const { token, key } of keys) {
				const part = segment.partOf(key)
				if (part !== undefined) add(token, decodePostings(part))
			}
			const others = beginnings.flatMap(({ beginning, most }) => segment.tokensFrom(beginning, most))
			for (const token of new Set(others)) {
				const part = wanted.has(token) ? undefined : segment.partOf(tokenKey(token))
				if (part !== undefined) add(token, decodePostings(part))
			}
		},
		take() {
			const tokensOf = new Map<string, string[]>()
			const found = [...postings.keys()].sort(compareTokens)
			for (const { beginning, most } of beginnings)
				tokensOf.set(beginning, found.filter((token) => token.startsWith(beginning)).slice(0, most))
			// The database and each segment give their first tokens. Of those after the first of all, some postings are missing.
			const complete = new Set([...wanted, ...[...tokensOf.values()].flat()])
			for (const token of found) if (!complete.has(token)) postings.delete(token)
			return { postings, tokensOf }
		},
	}
}
