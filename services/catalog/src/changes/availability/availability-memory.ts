import type { Quantity, StockLook } from './availability.ts'

export type AvailabilityMemory = {
	/** Adds a look, which is at or after the one before. */
	add(look: StockLook): void
	/** The latest quantities of the products that were looked at since `ms`. Complete only if `ms >= floor()`. */
	since(ms: number): Quantity[]
	/** Earlier looks may be forgotten. */
	floor(): number
	/** Forgets everything. */
	reset(floorMs: number): void
}

const mostSkus = 200_000

type RememberedLook = { atMs: number; skus: string[] }

/** The latest quantities of the products that have changed last, in a bounded memory. */
export function createAvailabilityMemory({ most = mostSkus }: { most?: number } = {}): AvailabilityMemory {
	const latest = new Map<string, { look: RememberedLook; available: number }>()
	// In the order of their moments. A product also stands in earlier looks, until these are tidied up.
	let looks: RememberedLook[] = []
	let entries = 0
	let floorMs = Number.POSITIVE_INFINITY

	const isLatest = (look: RememberedLook) => (sku: string) => latest.get(sku)?.look === look

	function tidyUp(): void {
		for (const look of looks) look.skus = look.skus.filter(isLatest(look))
		looks = looks.filter(({ skus }) => skus.length > 0)
		entries = latest.size
	}

	function forgetOldest(): void {
		let forgotten = 0
		while (latest.size > most && forgotten < looks.length) {
			const look = looks[forgotten++] as RememberedLook
			for (const sku of look.skus.filter(isLatest(look))) latest.delete(sku)
			entries -= look.skus.length
			floorMs = look.atMs + 1
		}
		looks.splice(0, forgotten)
	}

	return {
		add({ atMs, quantities }) {
			if (quantities.length === 0) return
			const look = { atMs, skus: quantities.map(({ sku }) => sku) }
			for (const { sku, available } of quantities) latest.set(sku, { look, available })
			looks.push(look)
			entries += look.skus.length
			if (entries > 2 * latest.size + 1_000) tidyUp()
			forgetOldest()
		},
		since(ms) {
			const found: Quantity[] = []
			for (let index = looks.length - 1; index >= 0; index--) {
				const look = looks[index] as RememberedLook
				if (look.atMs < ms) break
				for (const sku of look.skus) {
					const { look: last, available } = latest.get(sku) ?? {}
					if (last === look && available !== undefined) found.push({ sku, available })
				}
			}
			return found
		},
		floor: () => floorMs,
		reset(ms) {
			latest.clear()
			looks = []
			entries = 0
			floorMs = ms
		},
	}
}
