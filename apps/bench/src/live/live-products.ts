import type { SimulatedProduct } from '@mercat/market-exchange/simulated-products'

/** The source of the market, to which the prices of the products belong. */
export const source = 'bench'

const count = 2_000
const cheapestMinor = 1_000_000

/** The products whose prices move. They are so dear that hardly a step of a price changes nothing. */
export const liveProducts = Array.from({ length: count }, (_, index): SimulatedProduct => {
	const sku = `LIVE-${String(index).padStart(5, '0')}`
	return { sku, amountMinor: cheapestMinor + 1_000 * index, currency: 'EUR', available: 100 }
})
