import type { HeldPrice as HeldPriceMessage } from '@mercat/catalog-api/messages/HeldPrice'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import { toMoney } from '../products/product.ts'
import type { Price } from './judge-price.ts'

export type HoldState = 'open' | 'approved' | 'rejected' | 'withdrawn' | 'expired'

/** An open hold with its product, as lists show it. */
export type HeldPrice = {
	id: string
	sku: string
	title: string
	source: string
	rule: string
	figures: Record<string, number>
	oldPrice: Price
	newPrice: Price
	/** The price of the product now. */
	currentPrice: Price
	opinions: Record<string, Price & { at: string }>
	since: Date
	/** The same time, exact to the microsecond. */
	moment: string
	/** When the hold ends by itself; null when it does not. */
	until: Date | null
}

export function toHeldPriceMessage(held: HeldPrice): HeldPriceMessage {
	const { id, sku, title, source, rule, figures, oldPrice, newPrice, currentPrice, opinions, since, until } = held
	return {
		id,
		sku,
		title,
		source,
		rule,
		figures,
		oldPrice: toMoney(oldPrice),
		newPrice: toMoney(newPrice),
		currentPrice: toMoney(currentPrice),
		opinions: Object.entries(opinions).map(([source, { at, ...price }]) => ({
			source,
			price: toMoney(price),
			time: toTimestamp(new Date(at)),
		})),
		since: toTimestamp(since),
		until: until && toTimestamp(until),
	}
}
