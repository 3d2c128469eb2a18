import type { Turns } from '../../turns/turns.ts'
import type { ColumnsView } from '../columns/columns.ts'
import type { IndexAnswer } from '../index/search-index.ts'
import type { QueryPlan } from '../understanding/query-plan.ts'
import type { Candidates } from './candidates.ts'
import { bestDoc, chooseCorrections, withCorrections } from './choose-corrections.ts'
import { type Found, findCorrected, findWithAll, findWithAny, hasFindable } from './find-matches.ts'
import { type PreparedQuery, prepareQuery } from './prepare-query.ts'
import { rarityOf, scoreDocs } from './score-docs.ts'
import { skuPartLists } from './sku-part.ts'

/**
 * How products match: all words, all words with some corrected, a part of the sku, or the largest part of the words. The first way
 * that finds any product is taken.
 */
const matches = ['all', 'corrected', 'sku', 'some'] as const

export type Match = (typeof matches)[number]

/** What the first page decides for all pages, so that the products keep their order while others are written. */
export type MatchDecision = {
	match: Match
	/** How rare each term is. */
	rarities: number[]
	/** For each term the word that was probably meant; empty for a term that was not corrected. */
	corrections?: string[]
	/** Where words begin that no product has, although the vocabulary may have them. */
	unfound?: number[]
}

export type Matched = {
	decision: MatchDecision
	candidates: Candidates
	/** The most relevant product that a search may show, when words were corrected. */
	best: number | undefined
	/** Where the words begin that no product has, when only a part of the words was found. */
	unfound: number[]
}

export type MatchRequest = {
	plan: QueryPlan
	answer: IndexAnswer
	view: ColumnsView
	/** What the first page decided. */
	decided: MatchDecision | undefined
}

/** The products that match a query in the strictest way that finds any, each with a score. */
export async function matchProducts({ plan, answer, view, decided }: MatchRequest, turns: Turns): Promise<Matched> {
	const query = prepareQuery(plan, answer, view)
	for (const match of decided === undefined ? matches : [decided.match]) {
		if (turns.isOver()) await turns.next()
		let found = finders[match](query, view, plan)
		if (found === undefined || found.docs.length === 0) continue
		let corrections = decided?.corrections
		if (match === 'corrected') {
			corrections ??= await chooseCorrections(found, { query, view }, turns)
			found = withCorrections(found, corrections, query)
		}
		const rarities = decided?.rarities ?? found.terms.map(({ lists }) => rarityOf(lists, view.size))
		const candidates = await scoreDocs(found, { query, view, rarities, isPartial: match === 'some' }, turns)
		const decision = { match, rarities, ...(corrections === undefined ? {} : { corrections }) }
		return {
			decision,
			candidates,
			best: match === 'corrected' ? bestDoc(candidates, view) : undefined,
			unfound: match === 'some' ? unfoundOf(query, plan, view) : [],
		}
	}
	const none = { docs: new Uint32Array(), scores: new Int32Array(), count: 0 }
	return {
		decision: decided ?? { match: 'all', rarities: [] },
		candidates: none,
		best: undefined,
		unfound: unfoundOf(query, plan, view),
	}
}

const finders: Record<Match, (query: PreparedQuery, view: ColumnsView, plan: QueryPlan) => Found | undefined> = {
	all: findWithAll,
	corrected: findCorrected,
	sku: findBySkuPart,
	some: findWithAny,
}

/** Of a query of one word. */
function findBySkuPart(query: PreparedQuery, view: ColumnsView, { terms }: QueryPlan): Found | undefined {
	const [term, ...others] = terms
	if (term === undefined || others.length > 0) return undefined
	const lists = skuPartLists(term.word, view)
	return findWithAll({ ...query, terms: [{ isOptional: false, lists, corrections: [], parts: [] }] }, view)
}

function unfoundOf({ terms }: PreparedQuery, plan: QueryPlan, view: ColumnsView): number[] {
	return plan.terms.flatMap(({ start }, index) => (hasFindable(terms[index]?.lists ?? [], view) ? [] : [start]))
}
