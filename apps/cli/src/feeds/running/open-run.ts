import { setTimeout as sleep } from 'node:timers/promises'
import type { RetireAction } from '@mercat/catalog-api/messages/RetireAction'
import type { Validators } from '../fetching/fetch-result.ts'
import { usableValidators } from '../fetching/usable-validators.ts'
import type { FeedResult } from '../report/feed-result.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { settingsDigest } from '../settings/settings-digest.ts'
import { type FeedRunsClient, isRunEnded } from './feed-runs-client.ts'

/** A run that the catalog has begun, or a dry one that it knows nothing of. */
export type OpenRun = AsyncDisposable & {
	/** 0 for a dry run. */
	number: number
	/** To ask the source for something newer than the last run has applied. */
	validators: Validators
	/** How many prices of the source were held when the run began. */
	heldPrices: number
	/** Aborts when the catalog has given the feed to another run. */
	lost: AbortSignal
	/** Takes products from sale, and gives the skus that were changed. */
	retire(skus: string[], action: RetireAction): Promise<string[]>
	/** Ends the run, and keeps the validators of a feed that was applied whole. */
	finish(result: FeedResult, validators: Validators | undefined): Promise<void>
}

export type OpenRunNeeds = { runs: Pick<FeedRunsClient, 'begin' | 'renew' | 'retire' | 'finish'> }
export type OpenRunOptions = {
	signal: AbortSignal
	/** 1.5 s, unless given: a lease lasts 5 s. */
	renewEveryMs?: number
}

const none: Validators = { etag: '', lastModified: '' }
const mostReasonCharacters = 500
const outcomes = {
	synced: 'FEED_RUN_OUTCOME_SYNCED',
	unchanged: 'FEED_RUN_OUTCOME_UNCHANGED',
	held: 'FEED_RUN_OUTCOME_HELD',
	failed: 'FEED_RUN_OUTCOME_FAILED',
	stopped: 'FEED_RUN_OUTCOME_STOPPED',
	notRun: 'FEED_RUN_OUTCOME_NOT_RUN',
} as const satisfies Record<FeedResult['outcome'], string>

/**
 * Begins a run and keeps its lease until it is disposed of. A run that is active is waited for once, because its process
 * may have been killed.
 *
 * @returns undefined when another run is active
 * @throws ServiceError
 */
export async function openRun(
	feed: FeedSettings,
	{ runs }: OpenRunNeeds,
	{ signal, renewEveryMs = 1_500 }: OpenRunOptions,
): Promise<OpenRun | undefined> {
	const begin = () => runs.begin(feed.name, feed.maxPriceChangePercent)
	let begun = await begin()
	if ('leaseEndsInMs' in begun) {
		await sleep(begun.leaseEndsInMs + 1, undefined, { signal }).catch(() => {})
		if (signal.aborted) return undefined
		begun = await begin()
	}
	if ('leaseEndsInMs' in begun) return undefined
	const { runNumber, validators, heldPrices } = begun
	const digest = settingsDigest(feed)
	const lease = keepLease(() => runs.renew(feed.name, runNumber), renewEveryMs)
	return {
		number: runNumber,
		validators: validators?.settingsDigest === digest ? validators : none,
		heldPrices,
		lost: lease.lost,
		retire: (skus, action) => runs.retire(feed.name, runNumber, skus, action),
		async finish({ outcome, reason, ...result }, validators) {
			const { name: _, ms: __, ...counts } = result
			await runs.finish({
				feed: feed.name,
				runNumber,
				outcome: outcomes[outcome],
				reason: reason.slice(0, mostReasonCharacters).toWellFormed(),
				counts,
				...(validators && { validators: { ...usableValidators(validators), settingsDigest: digest } }),
			})
		},
		[Symbol.asyncDispose]: () => lease[Symbol.asyncDispose](),
	}
}

/** A run that changes nothing in the catalog, and reads the whole feed. */
export function openDryRun(): OpenRun {
	return {
		number: 0,
		validators: none,
		heldPrices: 0,
		lost: new AbortController().signal,
		retire: async () => [],
		async finish() {},
		async [Symbol.asyncDispose]() {},
	}
}

function keepLease(renew: () => Promise<void>, everyMs: number): AsyncDisposable & { lost: AbortSignal } {
	const [stop, lost] = [new AbortController(), new AbortController()]
	const stopped = (async () => {
		while (!stop.signal.aborted && !lost.signal.aborted) {
			await sleep(everyMs, undefined, { signal: stop.signal }).catch(() => {})
			if (stop.signal.aborted) return
			// Other trouble may pass. The catalog knows the run until another one begins.
			await renew().catch((error: unknown) => {
				if (isRunEnded(error)) lost.abort()
			})
		}
	})()
	return {
		lost: lost.signal,
		async [Symbol.asyncDispose]() {
			stop.abort()
			await stopped
		},
	}
}
