import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import MiniSearch from 'minisearch'

type Document = Record<(typeof fields)[number], string>

const fields = ['title', 'brand', 'category', 'sku', 'attributes', 'description'] as const

/**
 * MiniSearch as a good team would set it up: prefixes, typos, diacritics and boosts. Products with any of the words are
 * found, which is its default; it does better so over the judged set than with all words first.
 *
 * @returns the skus that a query finds, the best first
 */
export function createMiniSearch(upserts: readonly ProductUpsert[]): (query: string) => string[] {
	const index = new MiniSearch<Document>({
		idField: 'sku',
		fields: [...fields],
		processTerm: (term) => term.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase(),
		searchOptions: {
			prefix: true,
			fuzzy: 0.2,
			boost: { title: 4, brand: 2, category: 2, sku: 2, attributes: 1, description: 1 },
		},
	})
	index.addAll(upserts.map(toDocument))
	return (query) => index.search(query).map(({ id }) => String(id))
}

function toDocument({ product }: ProductUpsert): Document {
	const { sku = '', title = '', brand = '', category = '', attributes = {}, description = '' } = product ?? {}
	return { sku, title, brand, category, description, attributes: Object.values(attributes ?? {}).join(' ') }
}
