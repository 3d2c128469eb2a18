import type { Turns } from '../../turns/turns.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { Candidates } from './candidates.ts'
import { countOf, eachCommonDoc } from './find-docs.ts'
import type { Found } from './find-matches.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { relevanceOf, type WeightedHits } from './relevance.ts'
import { termHits } from './term-hits.ts'
import type { TermList } from './term-lists.ts'

export type ScoringOptions = {
	query: Pick<PreparedQuery, 'skuDocs'>
	view: Pick<ColumnsView, 'titleWords'>
	/** Of each term of what was found. */
	rarities: readonly number[]
	/** The docs have only a part of the terms. Docs with a much smaller part than the best one are left out. */
	isPartial: boolean
}

// A sku counts for more than any words, and a larger part of the words for more than any relevance.
const exactSku = 1 << 24
const partSteps = 50
const partStep = 1 << 12

// A doc with less than this part of the words of the best doc is not shown.
const leastPart = 0.6

const docsInTurn = 5_000

/** How rare a term is, as a whole number, so that it changes seldom while products are written. */
export function rarityOf(lists: readonly TermList[], products: number): number {
	return Math.max(1, Math.round(4 * Math.log2(1 + products / (countOf(lists) + 1))))
}

export async function scoreDocs({ docs, terms }: Found, options: ScoringOptions, turns: Turns): Promise<Candidates> {
	const { query, view, rarities, isPartial } = options
	const sum = terms.reduce((total, { isOptional }, index) => total + (isOptional ? 0 : (rarities[index] ?? 1)), 0)
	const weighted: WeightedHits[] = []
	for (const [index, { lists, isOptional }] of terms.entries()) {
		weighted.push({ ...termHits(docs, lists), weight: (rarities[index] ?? 1) / Math.max(sum, 1), isOptional })
		if (turns.isOver()) await turns.next()
	}
	const required = weighted.filter(({ isOptional }) => !isOptional)
	const scores = new Int32Array(docs.length)
	const relevanceAt = relevanceOf(weighted, view.titleWords)
	for (let index = 0; index < docs.length; index++) {
		const part = isPartial ? Math.round(partSteps * partAt(index, required)) * partStep : 0
		scores[index] = part + relevanceAt(index, docs[index] as number)
		if (index % docsInTurn === 0 && turns.isOver()) await turns.next()
	}
	eachCommonDoc(docs, query.skuDocs, (index) => {
		scores[index] = (scores[index] as number) + exactSku
	})
	return isPartial ? withoutSmallParts({ docs, scores, count: docs.length }) : { docs, scores, count: docs.length }
}

/** Which part of the query the doc has: the sum of the weights of its terms. */
function partAt(index: number, terms: readonly WeightedHits[]): number {
	let part = 0
	for (const { best, weight } of terms) if ((best[index] as number) > 0) part += weight
	return part
}

function withoutSmallParts({ docs, scores, count }: Candidates): Candidates {
	let most = 0
	for (let index = 0; index < count; index++) most = Math.max(most, (scores[index] as number) % exactSku)
	const least = Math.ceil(Math.floor(most / partStep) * leastPart) * partStep
	const isKept = (_: number, index: number) => (scores[index] as number) >= least
	const kept = docs.filter(isKept)
	return { docs: kept, scores: scores.filter(isKept), count: kept.length }
}
