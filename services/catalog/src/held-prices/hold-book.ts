import { randomUUID } from 'node:crypto'
import { type HoldRule, isSamePrice, judgePrice, type Price } from './judge-price.ts'

/** A price that waits for an approval. */
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

/** A rejected price, which is in force until its source sends another one. */
export type Rejection = { id: string; sku: string; source: string; price: Price }

/** What an import must know to judge the prices of its rows. */
export type HoldFacts = {
	/** The open holds of the products, at most one for each. */
	holds: readonly Hold[]
	/** The rejections of the source that are in force. */
	rejections: readonly Rejection[]
}

/** What becomes of the price of a row: it is applied, or held, or it is a rejected one, and the old price stays. */
export type PriceVerdict = { kind: 'apply' } | { kind: 'hold'; hold: Hold } | { kind: 'keep' }

/** What a transaction must write about holds. */
export type HoldWrites = {
	/** Open holds that get another price, and new ones. */
	held: Hold[]
	/** Open holds that end without a decision of a person. */
	withdrawn: Hold[]
	/** The price that the source of the import has sent for an open hold of another source. */
	opinions: { id: string; sku: string; source: string; price: Price }[]
	/** Rejections that are over, because their source has sent another price. */
	lapsed: Rejection[]
}

export type HoldBookOptions = {
	source: string
	/** A price that falls or rises by more is held. */
	maxPriceChangePercent: number
}

export type HoldBook = ReturnType<typeof openHoldBook>

/** Judges the prices of the rows of one source, one after another, and collects what is to be written about holds. */
export function openHoldBook({ holds, rejections }: HoldFacts, { source, maxPriceChangePercent }: HoldBookOptions) {
	const before = new Map(holds.map((hold) => [hold.sku, hold]))
	const open = new Map(before)
	const rejected = new Map(rejections.map((rejection) => [rejection.sku, rejection]))
	const lapsed: Rejection[] = []
	const opinions = new Map<string, Price>()

	return {
		/**
		 * Judges the price of a row whose source owns the price of the product. It must be asked for each such row, also when
		 * the price is the product's: then an open hold is withdrawn.
		 *
		 * @param current the price of the product
		 */
		judge(sku: string, current: Price, price: Price): PriceVerdict {
			const rejection = rejected.get(sku)
			if (rejection !== undefined && isSamePrice(rejection.price, price)) {
				open.delete(sku)
				return { kind: 'keep' }
			}
			if (rejection !== undefined) {
				rejected.delete(sku)
				lapsed.push(rejection)
			}
			const breach = isSamePrice(current, price) ? undefined : judgePrice(current, price, maxPriceChangePercent)
			if (breach === undefined) {
				open.delete(sku)
				return { kind: 'apply' }
			}
			const earlier = open.get(sku)
			const own = earlier?.source === source ? earlier : undefined
			if (own !== undefined && isSamePrice(own.newPrice, price)) return { kind: 'hold', hold: own }
			const hold: Hold = {
				id: own?.id ?? randomUUID(),
				sku,
				source,
				...breach,
				oldPrice: current,
				newPrice: price,
				opinions: own?.opinions ?? {},
			}
			open.set(sku, hold)
			return { kind: 'hold', hold }
		},

		/** Takes note of the price of a source that does not own the price of the product. */
		hear(sku: string, price: Price): void {
			if (open.has(sku)) opinions.set(sku, price)
		},

		writes(): HoldWrites {
			return {
				held: [...open.values()].filter((hold) => before.get(hold.sku) !== hold),
				withdrawn: [...before.values()].filter(({ id, sku }) => open.get(sku)?.id !== id),
				opinions: [...opinions].flatMap(([sku, price]) => {
					const hold = open.get(sku)
					const earlier = hold?.opinions[source]
					const isNew = hold !== undefined && (earlier === undefined || !isSamePrice(earlier, price))
					return isNew ? [{ id: hold.id, sku, source, price }] : []
				}),
				lapsed,
			}
		},
	}
}
