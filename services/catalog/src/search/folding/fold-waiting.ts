import { Counter, Gauge } from '@mercat/service/metrics'
import { DamagedIndexError } from '../segments/damaged-index-error.ts'
import { type CompactTokensNeeds, compactTokens } from './compact-tokens.ts'
import { type Fold, foldSegments } from './fold-segments.ts'
import { type SetAsideDamagedNeeds, setAsideDamaged } from './set-aside-damaged.ts'

const waitingGauge = new Gauge({
	name: 'mercat_search_segments',
	help: 'Segments of the search index that wait to be folded into its postings',
})
const foldedDocs = new Counter({
	name: 'mercat_search_folded_docs_total',
	help: 'Texts of products that this process has folded into the postings of the search index',
})

// A process that stops waits for the end of a call.
const mostFolds = 8

/** The segments that wait to be folded, and the age of the oldest. */
export type Waiting = { segments: number; oldestMs: number }

export type FoldWaitingNeeds = SetAsideDamagedNeeds &
	CompactTokensNeeds & {
		countWaiting(): Promise<Waiting>
		/** Frees the space of deleted rows, where the database does not. */
		tidy(): Promise<void>
	}

export type FoldWaitingOptions = {
	/** Segments are folded when there are so many, */
	manySegments?: number
	/** or when one is so old. */
	oldMs?: number
}

/**
 * Folds segments while many wait or one is old. Any number of processes may call it at once: one of them folds.
 *
 * @returns how many docs were folded
 */
export async function foldWaiting(
	needs: FoldWaitingNeeds,
	{ manySegments = 32, oldMs = 5_000 }: FoldWaitingOptions = {},
): Promise<number> {
	let docs = 0
	for (let folds = 0; folds < mostFolds; folds++) {
		const { segments, oldestMs } = await needs.countWaiting()
		waitingGauge.set(segments)
		if (segments === 0 || (segments < manySegments && oldestMs < oldMs)) return docs
		const fold = await foldReadable(needs)
		if (fold === undefined || fold.segments === 0) return docs
		docs += fold.docs
		foldedDocs.inc(fold.docs)
		await compactTokens(needs, fold.crowdedTokens)
		await needs.tidy()
	}
	return docs
}

/** Damaged segments do not keep the others waiting. */
async function foldReadable(needs: FoldWaitingNeeds): Promise<Fold | undefined> {
	try {
		return await foldSegments(needs)
	} catch (error) {
		if (!(error instanceof DamagedIndexError) || (await setAsideDamaged(needs)) === 0) throw error
		return foldSegments(needs)
	}
}
