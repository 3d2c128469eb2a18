import type { ProductChange } from '@mercat/catalog-api/messages/ProductChange'
import type { WatchProductsResponse } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import type { LoggedChange } from '../../changes/log/product-changes.ts'
import { lowestPriceOf, toMoney, toProductMessage } from '../../products/product.ts'

/** What a response has beside its changes. */
export type ResponseRest = {
	resumeToken: string
	position: number
	/** Milliseconds since 1970. Unknown while a part of the initial state is left. */
	asOfMs: number | undefined
	initialStateComplete?: boolean
}

/**
 * Encodes parts of responses. A response can be put together from such bytes: a repeated field may have its items anywhere in a
 * message.
 */
export type ChangeEncoder = {
	/** @param at when the change was made; missing in the state */
	change(change: LoggedChange, at?: Date): Buffer
	/** The available quantity of a product. */
	quantity(sku: string, available: number): Buffer
	rest(rest: ResponseRest): Buffer
}

export function createChangeEncoder(encode: (response: WatchProductsResponse) => Buffer): ChangeEncoder {
	return {
		change: (change, at) =>
			encode({ changes: [{ ...toMessage(change), ...(at !== undefined && { changeTime: toTimestamp(at) }) }] }),
		quantity: (sku, available) => encode({ changes: [{ sku, availableQuantity: available }] }),
		rest({ resumeToken, position, asOfMs, initialStateComplete = false }) {
			const asOf = asOfMs === undefined ? undefined : toTimestamp(new Date(asOfMs))
			return encode({ resumeToken, position, initialStateComplete, ...(asOf !== undefined && { asOf }) })
		},
	}
}

function toMessage(change: LoggedChange): ProductChange {
	if (change.kind === 'product') return { sku: change.sku, product: toProductMessage(change.product) }
	return { sku: change.sku, price: { price: toMoney(change.price), lowestPrice30d: lowestPriceOf(change.price) } }
}
