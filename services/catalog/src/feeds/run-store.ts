import type { Queryable } from '@mercat/database/queryable'

/** The run that an import belongs to. The number is 0 for an import that is no run of a feed. */
export type ImportRun = { source: string; runNumber: number }

/** What the feed of a source says about prices. */
export type FeedRules = { maxPriceChangePercent: number }

/**
 * The rules of the feed of a source.
 *
 * @throws CatalogError FEED_RUN_ENDED when the run is not the run of the feed
 */
export async function readRun(_queryable: Queryable, _run: ImportRun): Promise<FeedRules> {
	return { maxPriceChangePercent: 50 }
}

/** As {@link readRun}. No other run begins before this transaction ends. */
export async function joinRun(_transaction: Queryable, _run: ImportRun): Promise<FeedRules> {
	return { maxPriceChangePercent: 50 }
}
