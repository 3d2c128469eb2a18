import type { Budget } from '@mercat/service/budget'
import { LRUCache } from 'lru-cache'
import { analyseProduct, type SearchedFields } from '../analysis/analyse-product.ts'
import type { ProductTokens } from '../analysis/product-tokens.ts'
import type { ColumnsView } from '../columns/columns.ts'

/** A product with the number of its text; null when it is not indexed. */
export type NumberedText = SearchedFields & { doc: number | null }

export type ProductWordsNeeds = {
	/** The texts of products, in any order. */
	readTexts(skus: readonly string[], budget: Budget): Promise<NumberedText[]>
}

// A text has about 80 tokens, and a person who types asks for the same texts at each letter.
const mostRemembered = 2_000

/** Reads which tokens docs have. The index only tells which docs have a token. */
export function productWords({ readTexts }: ProductWordsNeeds) {
	// The text of a doc never changes.
	const known = new LRUCache<number, ProductTokens>({ max: mostRemembered })

	/** Docs that died since the view began are left out. */
	return async (
		docs: readonly number[],
		view: Pick<ColumnsView, 'sku'>,
		budget: Budget,
	): Promise<Map<number, ProductTokens>> => {
		const unknown = docs.filter((doc) => !known.has(doc)).map((doc) => view.sku(doc))
		for (const { doc, ...text } of unknown.length === 0 ? [] : await readTexts(unknown, budget)) {
			if (doc !== null) known.set(doc, analyseProduct(text))
		}
		return new Map(
			docs.flatMap((doc): [number, ProductTokens][] => {
				const tokens = known.get(doc)
				return tokens === undefined ? [] : [[doc, tokens]]
			}),
		)
	}
}
