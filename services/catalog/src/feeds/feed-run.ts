import type { FeedRun as FeedRunMessage } from '@mercat/catalog-api/messages/FeedRun'
import type { FeedRunCounts__Output } from '@mercat/catalog-api/messages/FeedRunCounts'
import type { FeedRunOutcome__Output } from '@mercat/catalog-api/messages/FeedRunOutcome'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import { CatalogError } from '../errors/catalog-error.ts'
import { checkSource } from '../errors/identifiers.ts'

/** Another run may begin when a run has not been renewed for so long. */
export const leaseMs = 5_000

/** The rules for the imports of a run. */
export type RunTerms = { maxPriceChangePercent: number }

/** What a source said of itself when its feed was applied whole, if nothing was written for the source since. */
export type Validators = { etag: string; lastModified: string; settingsDigest: string }

export type FeedRunOutcome = 'synced' | 'unchanged' | 'held' | 'failed' | 'stopped' | 'notRun'

export type FeedRunCounts = FeedRunCounts__Output

/** A run as its caller ends it. */
export type FeedRunEnd = {
	feed: string
	runNumber: number
	outcome: FeedRunOutcome
	reason: string
	counts: FeedRunCounts
	/** Undefined keeps those of an earlier run, if this one has written nothing. */
	validators: Validators | undefined
}

export type FeedRun = {
	number: number
	startedAt: Date
	/** Null while the run goes on. */
	endedAt: Date | null
	outcome: FeedRunOutcome | null
	reason: string
	counts: Partial<FeedRunCounts>
	/** Null when the run has ended. */
	leasedUntil: Date | null
}

const outcomes: Record<FeedRunOutcome__Output, FeedRunOutcome | undefined> = {
	FEED_RUN_OUTCOME_UNSPECIFIED: undefined,
	FEED_RUN_OUTCOME_SYNCED: 'synced',
	FEED_RUN_OUTCOME_UNCHANGED: 'unchanged',
	FEED_RUN_OUTCOME_HELD: 'held',
	FEED_RUN_OUTCOME_FAILED: 'failed',
	FEED_RUN_OUTCOME_STOPPED: 'stopped',
	FEED_RUN_OUTCOME_NOT_RUN: 'notRun',
}
const outcomeMessages = Object.fromEntries(Object.entries(outcomes).map(([message, outcome]) => [outcome, message]))

/** @throws GeneralError INVALID_REQUEST */
export function readOutcome(message: FeedRunOutcome__Output): FeedRunOutcome {
	const outcome = outcomes[message]
	if (outcome === undefined) throw invalidField('outcome', 'is required')
	return outcome
}

export function toRunMessage(run: FeedRun): FeedRunMessage {
	const { number, startedAt, endedAt, outcome, reason, counts, leasedUntil } = run
	return {
		number,
		startTime: toTimestamp(startedAt),
		endTime: endedAt && toTimestamp(endedAt),
		outcome: outcome === null ? 'FEED_RUN_OUTCOME_UNSPECIFIED' : (outcomeMessages[outcome] as FeedRunOutcome__Output),
		reason,
		counts,
		leaseEndTime: leasedUntil && toTimestamp(leasedUntil),
	}
}

/** @throws GeneralError INVALID_REQUEST unless feed and number can name a run */
export function checkRun({ feed, runNumber }: { feed: string; runNumber: number }): void {
	checkSource('feed', feed)
	if (!Number.isSafeInteger(runNumber) || runNumber < 1) throw invalidField('run_number', 'must be an integer from 1')
}

/** The error for a run that is not, or no longer, the run of its feed. */
export function feedRunEnded(feed: string): CatalogError {
	return new CatalogError('FEED_RUN_ENDED', { metadata: { feed } })
}
