import type { ColumnsView } from '../columns/columns.ts'
import type { Turns } from '../columns/turns.ts'
import type { Candidates } from './candidates.ts'
import { docsWithAll } from './find-docs.ts'
import type { Found } from './find-matches.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { rarityOf, scoreDocs } from './score-docs.ts'

type ChoosingNeeds = { query: PreparedQuery; view: ColumnsView }

/** For each term the word that was probably meant: the one that the most relevant product has. Empty for a term that is right. */
export async function chooseCorrections(found: Found, { query, view }: ChoosingNeeds, turns: Turns): Promise<string[]> {
	const rarities = found.terms.map(({ lists }) => rarityOf(lists, view.size))
	const best = bestDoc(await scoreDocs(found, { query, view, rarities, isPartial: false }, turns), view)
	return found.terms.map(({ lists }) => {
		const having = lists.filter(({ postings }) => best !== undefined && postings.docs.includes(best))
		return having.toSorted((one, other) => other.weight - one.weight)[0]?.correction ?? ''
	})
}

/** Only the products that have the chosen words. */
export function withCorrections({ terms }: Found, corrections: readonly string[], query: PreparedQuery): Found {
	const chosen = terms.map((term, index) => ({
		...term,
		lists: term.lists.filter(({ correction = '' }) => correction === (corrections[index] ?? '')),
	}))
	const lists = chosen.filter(({ isOptional }) => !isOptional).map((term) => term.lists)
	return { docs: docsWithAll(lists, query.excluded), terms: chosen }
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
