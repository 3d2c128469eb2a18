import { decisionsOf } from '../folding/blocks/decisions.ts'
import type { AuditedBlock } from './audited-block.ts'

type Money = { currency: string; amountMinor: number }

/** What the checks have decided last about a product. */
export type LastDecision = {
	/** The last accepted price; undefined when none is stored. */
	accepted: Money | undefined
	/** When it was folded, in milliseconds since 1970. */
	acceptedMs: number
	/** Some of the accepted prices before, in the same currency. */
	earlier: number[]
	/** The held price after it. */
	held: Money | undefined
}

const mostEarlier = 8

/** What the checks of a source have decided last, by sku, in the blocks that were read so far. */
export type LastDecisions = ReturnType<typeof createLastDecisions>

/** @param readBlocks gives the stored blocks after one and up to another one, the oldest first */
export function createLastDecisions(readBlocks: (after: number, upto: number) => AsyncIterable<AuditedBlock>) {
	const bySku = new Map<string, LastDecision>()
	let upto = 0

	function decisionOf(sku: string): LastDecision {
		const known = bySku.get(sku)
		if (known !== undefined) return known
		const made: LastDecision = { accepted: undefined, acceptedMs: 0, earlier: [], held: undefined }
		bySku.set(sku, made)
		return made
	}

	function take({ ticks, begunAtMs }: AuditedBlock): void {
		for (const { sku, currency, amountMinor, hold } of decisionsOf(ticks)) {
			const decision = decisionOf(sku)
			if (hold !== undefined) {
				decision.held = { currency, amountMinor }
				continue
			}
			const { accepted: before, earlier } = decision
			if (before?.currency !== currency) decision.earlier = []
			else if (before.amountMinor !== amountMinor && earlier.push(before.amountMinor) > mostEarlier) earlier.shift()
			decision.accepted = { currency, amountMinor }
			decision.acceptedMs = begunAtMs
			decision.held = undefined
		}
	}

	return {
		bySku: bySku as ReadonlyMap<string, LastDecision>,
		/** Reads on, up to a block. */
		async readUpTo(block: number): Promise<void> {
			if (block <= upto) return
			for await (const next of readBlocks(upto, block)) take(next)
			upto = block
		},
	}
}
