import { randomUUID } from 'node:crypto'
import { isSamePrice, judgePrice, type Price, type PriceLimits } from './judge-price.ts'

/** Why a price is held, and for how long. */
export type HoldTerms = {
	/** One of our own rules, or the rule of the caller. */
	rule: string
	figures: Record<string, number>
	/** When the hold ends by itself; null when it does not. */
	until: Date | null
}

/** A price that waits for an approval. */
export type Hold = HoldTerms & {
	id: string
	sku: string
	source: string
	/** The price of the product when the new one was held. */
	oldPrice: Price
	newPrice: Price
	/** The latest price of each other source. */
	opinions: Record<string, Price>
}

/** A rejected price, which is in force until its source sends another one. */
export type Rejection = { id: string; sku: string; source: string; price: Price }

/** What the prices of a source are judged by. */
export type HoldFacts = {
	/** The open holds of the products, at most one for each. */
	holds: readonly Hold[]
	/** Open holds that are past their end. They count no longer. */
	expired: readonly Hold[]
	/** The rejections of the source that are in force. */
	rejections: readonly Rejection[]
	/** The limits of the products that have some. */
	limits: readonly (PriceLimits & { sku: string })[]
}

/** What becomes of the price of a row: it is applied, or held, or it is a rejected one, and the old price stays. */
export type PriceVerdict = { kind: 'apply' } | { kind: 'hold'; hold: Hold } | { kind: 'keep' }

/** What a transaction must write about holds. */
export type HoldWrites = {
	/** Open holds that get another price or another rule, and new ones. */
	held: Hold[]
	/** Open holds that keep price and rule, and get other figures or another end. */
	renewed: Hold[]
	/** Open holds that end without a decision of a person. */
	withdrawn: Hold[]
	/** Open holds that are past their end. */
	expired: Hold[]
	/** The price that the source has sent for an open hold of another source. */
	opinions: { id: string; sku: string; source: string; price: Price }[]
	/** Rejections that are over, because their source has sent another price. */
	lapsed: Rejection[]
}

export const noHoldFacts: HoldFacts = { holds: [], expired: [], rejections: [], limits: [] }
export const noHoldWrites: HoldWrites = {
	held: [],
	renewed: [],
	withdrawn: [],
	expired: [],
	opinions: [],
	lapsed: [],
}

export type HoldBookOptions = {
	source: string
	/** A price that falls or rises by more is held. */
	maxPriceChangePercent: number
}

export type HoldBook = ReturnType<typeof openHoldBook>

/** Judges the prices of one source, one after another, and collects what is to be written about holds. */
export function openHoldBook(facts: HoldFacts, { source, maxPriceChangePercent }: HoldBookOptions) {
	const before = new Map(facts.holds.map((hold) => [hold.sku, hold]))
	const open = new Map(before)
	const rejected = new Map(facts.rejections.map((rejection) => [rejection.sku, rejection]))
	const limits = new Map(facts.limits.map((limit) => [limit.sku, limit]))
	const lapsed: Rejection[] = []
	const opinions = new Map<string, Price>()

	function termsOf(sku: string, current: Price, price: Price, asked: HoldTerms | undefined): HoldTerms | undefined {
		if (isSamePrice(current, price)) return undefined
		if (asked !== undefined) return asked
		const breach = judgePrice(current, price, { maxPriceChangePercent, limits: limits.get(sku) })
		return breach && { ...breach, until: null }
	}

	return {
		/**
		 * Judges the price of a product whose owner is the source. It must be asked for each such price, also when it is that of
		 * the product: then an open hold is withdrawn.
		 *
		 * @param current the price of the product
		 * @param asked the terms on which the caller wants the price to be held, instead of those of our own rules
		 */
		judge(sku: string, current: Price, price: Price, asked?: HoldTerms): PriceVerdict {
			const rejection = rejected.get(sku)
			if (rejection !== undefined && isSamePrice(rejection.price, price)) {
				open.delete(sku)
				return { kind: 'keep' }
			}
			if (rejection !== undefined) {
				rejected.delete(sku)
				lapsed.push(rejection)
			}
			const terms = termsOf(sku, current, price, asked)
			if (terms === undefined) {
				open.delete(sku)
				return { kind: 'apply' }
			}
			const earlier = open.get(sku)
			const own = earlier?.source === source ? earlier : undefined
			const isAgain = own !== undefined && isHeldAgain(own, { newPrice: price, ...terms })
			// The figures of our own rules belong to the old price of the hold.
			const isSame = isAgain && (asked === undefined ? own.until === null : isSameTerms(own, asked))
			if (isSame) return { kind: 'hold', hold: own }
			const hold: Hold = {
				id: own?.id ?? randomUUID(),
				sku,
				source,
				...terms,
				oldPrice: isAgain ? own.oldPrice : current,
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
			const written = [...open.values()].filter((hold) => before.get(hold.sku) !== hold)
			const { held = [], renewed = [] } = Object.groupBy(written, (hold) => {
				const earlier = before.get(hold.sku)
				return earlier?.id === hold.id && isHeldAgain(earlier, hold) ? 'renewed' : 'held'
			})
			return {
				held,
				renewed,
				withdrawn: [...before.values()].filter(({ id, sku }) => open.get(sku)?.id !== id),
				expired: [...facts.expired],
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

function isHeldAgain(hold: Hold, { newPrice, rule }: Pick<Hold, 'newPrice' | 'rule'>): boolean {
	return isSamePrice(hold.newPrice, newPrice) && hold.rule === rule
}

function isSameTerms(one: HoldTerms, other: HoldTerms): boolean {
	const names = Object.keys(one.figures)
	return (
		one.until?.getTime() === other.until?.getTime() &&
		names.length === Object.keys(other.figures).length &&
		names.every((name) => one.figures[name] === other.figures[name])
	)
}
