import { readdirSync, readFileSync } from 'node:fs'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { SynonymRule } from '@mercat/catalog-api/messages/SynonymRule'

/** A query, and the grade of each product that answers it: 3 was meant, 2 is good, 1 is acceptable. */
export type JudgedQuery = { query: string; kind: string; answers: Record<string, number> }

type Row = {
	sku: string
	title: string
	price: string
	currency: string
	description?: string
	brand?: string
	category?: string
	onHand?: number
	attributes?: Record<string, string>
}

const here = (path: string) => new URL(path, import.meta.url)
const linesOf = (url: URL) => readFileSync(url, 'utf8').split('\n').filter(Boolean)

export function judgedQueries(): JudgedQuery[] {
	const files = readdirSync(here('queries/')).toSorted()
	return files.flatMap((file) => linesOf(here(`queries/${file}`)).map((line) => JSON.parse(line) as JudgedQuery))
}

/** The products that the queries are judged for: those of DummyJSON, and the demo catalog. */
export function judgedProducts(): ProductUpsert[] {
	const files = [here('dummyjson/products.ndjson'), here('../../../../../apps/cli/demo/products.ndjson')]
	const rows = files.flatMap(linesOf).map((line) => JSON.parse(line) as Row)
	return rows.map(({ price, currency, onHand, ...texts }, index) => ({
		rowNumber: index + 1,
		// All prices have two digits.
		product: { ...texts, price: { currencyCode: currency, amountMinor: Math.round(100 * Number(price)) } },
		onHand,
	}))
}

export function judgedSynonyms(): SynonymRule[] {
	const lines = linesOf(here('synonyms.txt')).filter((line) => !line.startsWith('#'))
	const words = (text: string) => text.split(',').map((word) => word.trim())
	return lines.map((line) => {
		const [left = '', right] = line.split('=>')
		return right === undefined ? { meanings: words(left) } : { words: words(left), meanings: words(right) }
	})
}
