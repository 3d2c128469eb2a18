import type { Decision } from './decision.ts'

/**
 * The prices of a source that the catalog is still to get. Of each product only the newest counts: the newest accepted price, and
 * the newest held one if it came after.
 */
export type PendingPrices = {
	/** Takes what was decided after everything before. Returns how many decisions there were. */
	add(decisions: Iterable<Decision>): number
	/** Takes back what was decided before everything else here, in its order. */
	addEarlier(decisions: readonly Decision[]): void
	/** Takes everything out: the accepted prices first, then the held ones. */
	take(): { accepted: Decision[]; held: Decision[] }
	size(): number
}

export function createPendingPrices(): PendingPrices {
	let accepted = new Map<string, Decision>()
	let held = new Map<string, Decision>()
	return {
		add(decisions) {
			let count = 0
			for (const decision of decisions) {
				count++
				if (decision.hold !== undefined) held.set(decision.sku, decision)
				else {
					accepted.set(decision.sku, decision)
					held.delete(decision.sku)
				}
			}
			return count
		},
		addEarlier(decisions) {
			for (const decision of decisions.toReversed()) {
				const { sku } = decision
				if (accepted.has(sku)) continue
				if (decision.hold === undefined) accepted.set(sku, decision)
				else if (!held.has(sku)) held.set(sku, decision)
			}
		},
		take() {
			const taken = { accepted: [...accepted.values()], held: [...held.values()] }
			accepted = new Map()
			held = new Map()
			return taken
		},
		size: () => accepted.size + held.size,
	}
}
