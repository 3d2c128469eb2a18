import type { PriceOutcome } from '@mercat/catalog-api/messages/PriceOutcome'
import { type HoldFacts, type HoldWrites, openHoldBook } from '../../held-prices/hold-book.ts'
import { isSamePrice, type Price } from '../../held-prices/judge-price.ts'
import type { SentPrices } from './sent-prices.ts'

/** A product as far as its price is concerned. */
export type PricedProduct = Price & {
	sku: string
	archived: boolean
	/** The source that owns the price; empty for the shop itself. */
	priceSource: string
}

/** What prices are decided on. */
export type PricesView = {
	/** The products that exist, in any order. */
	products: readonly PricedProduct[]
	holdFacts: HoldFacts
	maxPriceChangePercent: number
}

export type DecidedPrices = {
	/** One for each price, in their order. */
	outcomes: PriceOutcome[]
	/** The new prices of products that had others. */
	applied: (Price & { sku: string })[]
	holds: HoldWrites
}

/** Decides what becomes of the prices of a source. */
export function decidePrices(
	{ source, prices }: Pick<SentPrices, 'source' | 'prices'>,
	{ products, holdFacts, maxPriceChangePercent }: PricesView,
): DecidedPrices {
	const book = openHoldBook(holdFacts, { source, maxPriceChangePercent })
	const bySku = new Map(products.map((product) => [product.sku, product]))
	const applied: DecidedPrices['applied'] = []
	const outcomes = prices.map(({ sku, price, hold }): PriceOutcome => {
		const product = bySku.get(sku)
		if (product === undefined) return { sku, result: 'RESULT_UNKNOWN' }
		if (product.archived) return { sku, result: 'RESULT_ARCHIVED' }
		if (product.priceSource !== source) {
			book.hear(sku, price)
			return { sku, result: 'RESULT_OTHER_SOURCE' }
		}
		const verdict = book.judge(sku, product, price, hold)
		if (verdict.kind === 'hold') return { sku, result: 'RESULT_HELD', holdId: verdict.hold.id }
		if (verdict.kind === 'keep' || isSamePrice(product, price)) return { sku, result: 'RESULT_UNCHANGED' }
		applied.push({ sku, ...price })
		return { sku, result: 'RESULT_APPLIED' }
	})
	return { outcomes, applied, holds: book.writes() }
}
