import type { ProductView } from '@mercat/order-api/product-schemas'

/** What the load knows of a product. */
export type ShelfProduct = Pick<ProductView, 'sku' | 'price' | 'availableQuantity'>

export type Shelf = {
	/** Takes the products as the catalog has them now. */
	fill(products: ShelfProduct[]): void
	/** Up to so many different products of one currency; some are chosen more often. Empty when nothing is in stock. */
	pick(count: number): ShelfProduct[]
	/** A product that nobody can order now, or a larger quantity than there is. Undefined when the shelf is empty. */
	pickTooMany(): { sku: string; quantity: number } | undefined
	/** An order has found too little of these. They are left out until the shelf is filled again. */
	ranOut(skus: string[]): void
	products(): ShelfProduct[]
	inStock(): number
}

const largestQuantity = 10_000

/** @param random a number from 0 to below 1 */
export function createShelf(random: () => number = Math.random): Shelf {
	let all: ShelfProduct[] = []
	let orderable: ShelfProduct[] = []
	// The exponent makes the first products popular, as a shop has them.
	const popular = (): ShelfProduct | undefined => orderable[Math.floor(orderable.length * random() ** 1.5)]
	return {
		products: () => all,
		inStock: () => orderable.length,
		fill(products) {
			all = products
			orderable = products.filter(({ availableQuantity }) => availableQuantity > 0)
		},
		pick(count) {
			const first = popular()
			if (first === undefined) return []
			const picked = new Set([first])
			for (let tried = 1; tried < count; tried++) {
				const more = popular()
				if (more?.price.currency === first.price.currency) picked.add(more)
			}
			return [...picked]
		},
		pickTooMany() {
			const soldOut = all.find(({ availableQuantity }) => availableQuantity === 0)
			if (soldOut !== undefined) return { sku: soldOut.sku, quantity: 1 }
			const scarce = orderable.find(({ availableQuantity }) => availableQuantity < largestQuantity)
			return scarce && { sku: scarce.sku, quantity: largestQuantity }
		},
		ranOut(skus) {
			orderable = orderable.filter(({ sku }) => !skus.includes(sku))
		},
	}
}
