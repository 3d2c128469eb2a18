import { analyseProduct, type SearchedFields } from '../../../src/search/analysis/analyse-product.ts'
import { analyseQuery } from '../../../src/search/analysis/analyse-query.ts'
import { fieldOf, placeOf, positionOf } from '../../../src/search/analysis/product-tokens.ts'
import type { QueryWord, WordAlternative } from '../../../src/search/analysis/query-words.ts'

export const noProduct: SearchedFields = {
	sku: 'qqq',
	title: '',
	description: '',
	brand: '',
	category: '',
	attributes: {},
}

/** Whether a product has all words of a query, by tokens alone: without corrections, completions and synonyms. */
export function meets(product: SearchedFields, query: string): boolean {
	const { tokens, places } = analyseProduct(product)
	const placesOf = Map.groupBy(places.keys(), (index) => tokens[index] ?? '')
	const placesWith = (token: string | undefined) =>
		new Set((placesOf.get(token ?? '') ?? []).map((index) => places[index] ?? 0))
	const has = ({ tokens: [first, ...others] }: WordAlternative) =>
		[...placesWith(first)].some((place) =>
			others.every((token, index) => placesWith(token).has(placeOf(fieldOf(place), positionOf(place) + index + 1))),
		)

	const { words, spans } = analyseQuery(query)
	const restricts = words.some(({ isFunctionWord, isExcluded }) => !isFunctionWord && !isExcluded)
	const meetsFrom = (index: number): boolean => {
		const word = words[index]
		if (word === undefined) return true
		const { phrase, isExcluded, isFunctionWord } = word
		const covered = phrase === undefined ? [word] : words.filter((other) => other.phrase === phrase)
		const isMet = sequencesOf(covered).some(has)
		if (isExcluded) return !isMet && meetsFrom(index + covered.length)
		if ((isMet || (phrase === undefined && isFunctionWord && restricts)) && meetsFrom(index + covered.length))
			return true
		return spans.some(({ from, to, alternatives }) => from === index && alternatives.some(has) && meetsFrom(to + 1))
	}
	return words.length > 0 && meetsFrom(0)
}

/** All ways in which words can stand next to each other. */
function sequencesOf(words: readonly QueryWord[]): WordAlternative[] {
	return words.reduce<WordAlternative[]>(
		(before, { alternatives }) =>
			before.flatMap(({ tokens, kind }) => alternatives.map((next) => ({ tokens: [...tokens, ...next.tokens], kind }))),
		[{ tokens: [], kind: 'exact' }],
	)
}

export function titled(title: string): SearchedFields {
	return { ...noProduct, title }
}
