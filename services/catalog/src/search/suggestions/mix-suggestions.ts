import { foldedName } from './titles/text-words.ts'

export type SuggestionKind = 'query' | 'brand' | 'category' | 'product' | 'correction'

export type Suggestion = { text: string; kind: SuggestionKind }

/** The texts of each kind, the best first. */
export type Suggested = Partial<Record<SuggestionKind, readonly string[]>>

// The order in which kinds are shown.
const kinds: readonly SuggestionKind[] = ['correction', 'query', 'brand', 'category', 'product']
// A name tells more than the same word alone.
const namesFirst: readonly SuggestionKind[] = ['correction', 'brand', 'category', 'query', 'product']
const mostNames = 2

/**
 * At most `limit` suggestions of all kinds: half of them queries, two brands and two categories, and titles for the rest.
 * Places that a kind leaves are for the others. No text comes twice, however it is written, and none is the query itself.
 */
export function mixSuggestions(suggested: Suggested, typed: string, limit: number): Suggestion[] {
	const seen = new Set([foldedName(typed)])
	const named: Suggestion[] = []
	for (const kind of namesFirst) {
		let left = limit
		for (const text of suggested[kind] ?? []) {
			if (left === 0) break
			const name = foldedName(text)
			if (seen.has(name)) continue
			seen.add(name)
			named.push({ text: isTyped(kind) ? text : withoutMinus(text), kind })
			left--
		}
	}
	const unique = kinds.flatMap((kind) => named.filter((suggestion) => suggestion.kind === kind))
	const share: Record<SuggestionKind, number> = {
		correction: 1,
		query: Math.ceil(limit / 2),
		brand: mostNames,
		category: mostNames,
		product: limit,
	}
	const counts = new Map<SuggestionKind, number>()
	const isInShare = ({ kind }: Suggestion) => {
		const count = (counts.get(kind) ?? 0) + 1
		counts.set(kind, count)
		return count <= share[kind]
	}
	const first = unique.filter(isInShare).slice(0, limit)
	const rest = unique.filter((suggestion) => !first.includes(suggestion)).slice(0, limit - first.length)
	const chosen = new Set([...first, ...rest])
	return unique.filter((suggestion) => chosen.has(suggestion))
}

/** Whether a person typed the first words of texts of this kind, so that a minus is meant. */
function isTyped(kind: SuggestionKind): boolean {
	return kind === 'query' || kind === 'correction'
}

/** A name as a query that finds it: a minus before a word would leave the word out. */
function withoutMinus(name: string): string {
	return name.replace(/(?<!\S)[-\u2010-\u2013\u2212]+(?=\S)/g, '')
}
