import { customerNamespaceOf } from '../order/order-id.ts'

const places = 2 ** 20
const bitsToDrop = 24 - Math.log2(places)

/** One pass for each customer in each payment window. Customers whose hashes are alike share a pass. */
export function createWindowPasses(windowMs: number) {
	const taken = new Uint8Array(places)
	let renewedAt = performance.now()
	return {
		/** Takes the customer's pass, and tells whether it was there to take. */
		take(customerId: string): boolean {
			if (performance.now() > renewedAt + windowMs) {
				taken.fill(0)
				renewedAt = performance.now()
			}
			const place = customerNamespaceOf(customerId).readUIntBE(0, 3) >>> bitsToDrop
			const isFree = taken[place] === 0
			taken[place] = 1
			return isFree
		},
	}
}
