import { skus } from '../running/shop.ts'

/** The products whose prices change. */
export const tickingSkus = skus.slice(0, 550)

/** Each call changes the prices of the next products, and begins anew behind the last one. */
export const pricesPerCall = 100

const currencyCode = 'EUR'
const firstMinor = 1_000_000
// Every second change is a reduction. The guards of the catalog hold no such change.
const swingMinor = 100_000

/** How many of the changes in the first calls are changes of this product. */
export function changesAfter(calls: number, product: number): number {
	return 1 + Math.floor((pricesPerCall * calls - 1 - product) / tickingSkus.length)
}

/** The price that a product has after so many of its changes. */
export function priceAfter(changes: number): { currencyCode: string; amountMinor: number } {
	return { currencyCode, amountMinor: firstMinor + changes + (changes % 2 === 1 ? swingMinor : 0) }
}

/** How many changes a product has had when it has this price. */
export function changesUntil(amountMinor: number): number {
	const above = amountMinor - firstMinor
	return above >= swingMinor ? above - swingMinor : above
}

/** The prices of a call. The first call is number 0. */
export function pricesOfCall(call: number) {
	return Array.from({ length: pricesPerCall }, (_, index) => {
		const change = pricesPerCall * call + index
		const sku = tickingSkus[change % tickingSkus.length] as string
		return { sku, price: priceAfter(1 + Math.floor(change / tickingSkus.length)) }
	})
}

/** A filter of 500 of the products whose prices change. The next ones are others. */
export function productsOfFilter(filter: number): number[] {
	const leftOut = tickingSkus.length - 500
	return tickingSkus
		.map((_, product) => product)
		.filter((product) => (product + 5 * filter) % tickingSkus.length >= leftOut)
}
