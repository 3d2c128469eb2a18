/** The products whose prices belong to another source or to the shop, as the catalog has said lately. */
export type OthersSkus = {
	note(sku: string): void
	has(sku: string): boolean
}

const defaultKnownMs = 600_000

/** @param knownMs after this time the catalog is asked again: a product may have been given to the source */
export function createOthersSkus({ knownMs = defaultKnownMs, now = () => performance.now() } = {}): OthersSkus {
	const until = new Map<string, number>()
	return {
		note: (sku) => void until.set(sku, now() + knownMs),
		has(sku) {
			const end = until.get(sku)
			if (end === undefined) return false
			if (end > now()) return true
			until.delete(sku)
			return false
		},
	}
}
