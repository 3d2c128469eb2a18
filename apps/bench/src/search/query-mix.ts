import type { CatalogWords } from './catalog-words.ts'
import { misspelled } from './misspelled.ts'

/** A search as a shopper makes it, and the beginnings of its words as they are typed. */
export type SearchQuery = {
	kind: 'two words' | 'common word' | 'typo' | 'filters'
	query: string
	/** Only for an empty query. */
	category?: string
	brand?: string
	inStock?: boolean
	maxAmountMinor?: number
}

export type SampledProduct = { title: string[]; brand: string; category: string }

const count = 6_000

/** Half two words of a title, a fifth one common word, a fifth with a typo, a tenth empty with filters. */
export function createQueries(
	sample: readonly SampledProduct[],
	words: CatalogWords,
	random: () => number,
): SearchQuery[] {
	const below = (limit: number) => Math.floor(random() * limit)
	const anyProduct = () => sample[below(sample.length)] as SampledProduct
	const twoWords = () => {
		const { title } = anyProduct()
		const first = below(title.length - 1)
		const second = first + 1 + below(title.length - 1 - first)
		return [title[first], title[second]] as [string, string]
	}
	const typo = (): string => {
		const [one, other] = twoWords()
		const wrong = other.length < 5 ? '' : misspelled(other, random)
		if (wrong === '' || words.has(wrong)) return typo()
		return random() < 0.5 ? wrong : `${one} ${wrong}`
	}
	const filters = (): SearchQuery => {
		const { category, brand } = anyProduct()
		const depth = 1 + below(3)
		return {
			kind: 'filters',
			query: '',
			...(random() < 0.8 ? { category: category.split('/').slice(0, depth).join('/') } : { brand }),
			inStock: random() < 0.5,
			...(random() < 0.5 && { maxAmountMinor: 2_000 + below(18_000) }),
		}
	}
	return Array.from({ length: count }, (_, index): SearchQuery => {
		const tenth = index % 10
		if (tenth < 5) return { kind: 'two words', query: twoWords().join(' ') }
		if (tenth < 7) return { kind: 'common word', query: words.common() }
		if (tenth < 9) return { kind: 'typo', query: typo() }
		return filters()
	})
}
