import { randomFrom } from './random.ts'

/** A product whose price moves. */
export type SimulatedProduct = {
	sku: string
	/** Its price at the beginning, in the minor unit. */
	amountMinor: number
	currency: string
	available: number
}

const cheapestMinor = 500
const dearestMinor = 500_000

/** Products that are always the same ones for a seed: `SIM-00001` and so on, from 5 to 5,000 EUR. */
export function simulatedProducts(count: number, seed = 1): SimulatedProduct[] {
	const random = randomFrom(seed)
	return Array.from({ length: count }, (_, index) => ({
		sku: `SIM-${String(index + 1).padStart(5, '0')}`,
		amountMinor: Math.round(cheapestMinor * (dearestMinor / cheapestMinor) ** random()),
		currency: 'EUR',
		available: 50 + Math.floor(random() * 450),
	}))
}
