import type { Decision } from './decision.ts'
import { createPendingPrices, type PendingPrices } from './pending-prices.ts'
import type { Round } from './round.ts'

/** A round as it is stored, and how long ago that was. */
export type StoredRound = Round & { ageMs: number }

/** Where the applying of a source begins: what is stored, and what was decided since. */
export type ApplyRoundsStart = {
	round: StoredRound | undefined
	/** The latest sequence that a round has taken. */
	applySequence: number
	pending: PendingPrices
	/** `pending` has everything up to this block that the round has not. */
	uptoBlock: number
}

/** What was decided in a stored block. */
export type DecidedBlock = { block: number; decisions: Iterable<Decision> }

export type ReadStartNeeds = {
	/** The round that was stored last. */
	findRound(): Promise<StoredRound | undefined>
	/** The blocks after this one, in their order. */
	readBlocks(after: number): AsyncIterable<DecidedBlock>
	log: { warn(facts: object, message: string): void }
}

/** Reads where the applying of a source goes on: its stored round, and the newest price of each product that came after it. */
export async function readStart(
	{ findRound, readBlocks, log }: ReadStartNeeds,
	{ block: lastBlock, applySequence }: { block: number; applySequence: number },
): Promise<ApplyRoundsStart> {
	const round = await findRound()
	const pending = createPendingPrices()
	const after = round?.uptoBlock ?? 0
	let blocks = 0
	for await (const { decisions } of readBlocks(after)) {
		pending.add(decisions)
		blocks++
	}
	const missing = lastBlock - after - blocks
	if (missing > 0) log.warn({ blocks: missing }, 'ticks were deleted before their prices could be applied')
	return { round, applySequence, pending, uptoBlock: lastBlock }
}
