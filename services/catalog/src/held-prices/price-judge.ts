import { randomUUID } from 'node:crypto'
import { type HoldRule, isSamePrice, judgePrice, type Price } from './judge-price.ts'

/** A price that waits for an approval. A product has at most one. */
export type Hold = {
	id: string
	sku: string
	source: string
	rule: HoldRule
	figures: Record<string, number>
	/** The price of the product when the new one was held. */
	oldPrice: Price
	newPrice: Price
	/** The latest price of each other source. */
	opinions: Record<string, Price>
}

/** An open hold, or a rejected price of the source. A rejection is in force until its source sends another price. */
export type KnownHold = Hold & { state: 'open' | 'rejected' }

/** A change of the holds of a product that must be written. */
export type HoldChange =
	/** A new hold, or another price of an open one. */
	| { kind: 'hold'; sku: string; hold: Hold }
	/** The end of an open hold without a decision of a person. */
	| { kind: 'withdraw'; sku: string; hold: Hold }
	/** The end of a rejection, because its source has sent another price. */
	| { kind: 'lapse'; sku: string; id: string }
	/** The price that a source which does not own the price has sent while it is held. */
	| { kind: 'opinion'; sku: string; id: string; source: string; price: Price }

export type PriceRuling =
	/** The product gets the price, unless it has it already. */
	| { ruling: 'apply' }
	/** The product keeps its price, and nothing waits: the price was rejected before. */
	| { ruling: 'keep' }
	| { ruling: 'hold'; hold: Hold }

export type PricedProduct = Price & { sku: string }

/** Decides about the prices of the rows of one request. It remembers its rulings, because rows may have the same sku. */
export type PriceJudge = {
	/** Asked for each price that may be applied, also for one that the product has already: that one ends an open hold. */
	judge(product: PricedProduct, price: Price): PriceRuling
	/** Told of each price of a source that does not own the price of the product. */
	hear(product: PricedProduct, price: Price): void
	readonly changes: readonly HoldChange[]
}

export type PriceJudgeOptions = {
	/** Empty for the shop itself, whose prices are never held. */
	source: string
	/** A price that falls or rises by more is held. */
	maxPriceChangePercent: number
	holds: readonly KnownHold[]
}

export function createPriceJudge({ source, maxPriceChangePercent, holds }: PriceJudgeOptions): PriceJudge {
	const bySku = (state: KnownHold['state']) =>
		new Map<string, Hold>(holds.filter((hold) => hold.state === state).map((hold) => [hold.sku, hold]))
	const before = bySku('open')
	const open = new Map(before)
	const rejected = bySku('rejected')
	const lapsed: HoldChange[] = []
	const opinions = new Map<string, Price>()

	function judge({ sku, ...current }: PricedProduct, price: Price): PriceRuling {
		if (source === '') return { ruling: 'apply' }
		const rejection = rejected.get(sku)
		if (rejection !== undefined && isSamePrice(rejection.newPrice, price)) {
			open.delete(sku)
			return { ruling: 'keep' }
		}
		if (rejection !== undefined) {
			rejected.delete(sku)
			lapsed.push({ kind: 'lapse', sku, id: rejection.id })
		}
		const breach = isSamePrice(current, price) ? undefined : judgePrice(current, price, maxPriceChangePercent)
		if (breach === undefined) {
			open.delete(sku)
			return { ruling: 'apply' }
		}
		const earlier = open.get(sku)
		// The hold of a source that owned the price before ends.
		const own = earlier?.source === source ? earlier : undefined
		if (own !== undefined && isSamePrice(own.newPrice, price)) return { ruling: 'hold', hold: own }
		const { currency, amountMinor } = current
		const hold = {
			id: own?.id ?? randomUUID(),
			sku,
			source,
			...breach,
			oldPrice: { currency, amountMinor },
			newPrice: price,
			opinions: own?.opinions ?? {},
		}
		open.set(sku, hold)
		return { ruling: 'hold', hold }
	}

	return {
		judge,
		hear({ sku }, price) {
			if (open.has(sku)) opinions.set(sku, price)
		},
		get changes() {
			const changes = [...lapsed]
			for (const [sku, hold] of before) {
				if (open.get(sku)?.id !== hold.id) changes.push({ kind: 'withdraw', sku, hold })
			}
			for (const [sku, hold] of open) {
				if (before.get(sku) !== hold) changes.push({ kind: 'hold', sku, hold })
				const price = opinions.get(sku)
				const heard = hold.opinions[source]
				if (price !== undefined && (heard === undefined || !isSamePrice(heard, price))) {
					changes.push({ kind: 'opinion', sku, id: hold.id, source, price })
				}
			}
			return changes
		},
	}
}
