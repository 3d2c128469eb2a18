/** A price in the minor units of its currency. */
export type Price = { currency: string; amountMinor: number }

export type PricedProduct = Price & { sku: string }

/** A price that waits for an approval, as the row learns of it. */
export type RowHold = { id: string; rule: string; oldPrice: Price; newPrice: Price }

export type PriceRuling =
	/** The product gets the price, unless it has it already. */
	| { ruling: 'apply' }
	/** The product keeps its price, and nothing waits: the price was rejected before. */
	| { ruling: 'keep' }
	| { ruling: 'hold'; hold: RowHold }

/** What is known of a product's held prices: its open hold, or a price that was rejected. */
export type KnownHold = { sku: string }

/** A change of the holds of a product that must be written. */
export type HoldChange = { sku: string }

/** Decides about the prices of the rows of one request. It remembers its rulings, because rows may have the same sku. */
export type PriceJudge = {
	/** Asked for each price that may be applied, also for one that the product has already. */
	judge(product: PricedProduct, price: Price): PriceRuling
	/** Told of each price of a source that does not own the price of the product. */
	hear(product: PricedProduct, price: Price): void
	readonly changes: readonly HoldChange[]
}

export type PriceJudgeOptions = {
	/** Empty for the shop itself. */
	source: string
	maxPriceChangePercent: number
	holds: readonly KnownHold[]
}

export function createPriceJudge(_options: PriceJudgeOptions): PriceJudge {
	return { judge: () => ({ ruling: 'apply' }), hear() {}, changes: [] }
}
