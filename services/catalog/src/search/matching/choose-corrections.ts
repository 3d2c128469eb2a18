import type { Turns } from '../../turns/turns.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { Candidates } from './candidates.ts'
import { docsWithAll } from './find-docs.ts'
import { type Found, hasFindable } from './find-matches.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { rarityOf, scoreDocs } from './score-docs.ts'

type ChoosingNeeds = { query: PreparedQuery; view: ColumnsView }

/**
 * For each term the word that was probably meant: of the nearest words the one that the most relevant product has. Empty for a term
 * that is right.
 */
export async function chooseCorrections(all: Found, { query, view }: ChoosingNeeds, turns: Turns): Promise<string[]> {
	const found = nearestOf(all, query, view) ?? all
	const choices = found.terms.map(({ lists }) => [...new Set(lists.map(({ correction = '' }) => correction))])
	if (choices.every(({ length }) => length <= 1)) return choices.map(([only = '']) => only)
	const rarities = found.terms.map(({ lists }) => rarityOf(lists, view.size))
	const best = bestDoc(await scoreDocs(found, { query, view, rarities, isPartial: false }, turns), view)
	return found.terms.map(({ lists }) => {
		const having = lists.filter(({ postings }) => best !== undefined && postings.docs.includes(best))
		return having.toSorted((one, other) => other.weight - one.weight)[0]?.correction ?? ''
	})
}

/** The products that have the nearest corrections; undefined when there are none. */
function nearestOf({ terms }: Found, query: PreparedQuery, view: ColumnsView): Found | undefined {
	const near = terms.map((term) => {
		const least = Math.min(
			...term.lists.filter((list) => hasFindable([list], view)).map(({ distance = 0 }) => distance),
		)
		return { ...term, lists: term.lists.filter(({ distance = 0 }) => distance <= least) }
	})
	const docs = docsWithTerms(near, query)
	return docs.some((doc) => view.isFindable(doc)) ? { docs, terms: near } : undefined
}

/** Only the products that have the chosen words. */
export function withCorrections({ terms }: Found, corrections: readonly string[], query: PreparedQuery): Found {
	const chosen = terms.map((term, index) => ({
		...term,
		lists: term.lists.filter(({ correction = '' }) => correction === (corrections[index] ?? '')),
	}))
	return { docs: docsWithTerms(chosen, query), terms: chosen }
}

function docsWithTerms(terms: Found['terms'], { excluded }: PreparedQuery): Uint32Array {
	const required = terms.filter(({ isOptional }) => !isOptional)
	return docsWithAll(
		required.map(({ lists }) => lists),
		excluded,
	)
}

/** The most relevant doc that a search may show. */
export function bestDoc(
	{ docs, scores, count }: Candidates,
	view: Pick<ColumnsView, 'isFindable'>,
): number | undefined {
	let best: number | undefined
	let most = -1
	for (let index = 0; index < count; index++) {
		const score = scores[index] as number
		if (score <= most || !view.isFindable(docs[index] as number)) continue
		most = score
		best = docs[index]
	}
	return best
}
