import type { FeedsProgress } from '../report/feed-progress.ts'
import type { FeedResult } from '../report/feed-result.ts'
import { noFigures } from '../report/feed-result.ts'
import type { SyncReport } from '../report/sync-report.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { type EndedRun, type RunFeedNeeds, runFeed } from './run-feed.ts'

export type SyncFeedsNeeds = Omit<RunFeedNeeds, 'progress'> & {
	progress: FeedsProgress
	/** Why a feed is left out of this run; undefined when it is not. */
	leftOut?(feed: FeedSettings): string | undefined
	/** Is told each result when it is there. */
	onResult?(result: FeedResult, facts: Pick<EndedRun, 'isSourceFault'>): void
}

/** Runs all feeds at once, each by itself, and gives one report in the order of the settings. */
export async function syncFeeds(
	feeds: readonly FeedSettings[],
	{ progress, leftOut = () => undefined, onResult = () => {}, ...needs }: SyncFeedsNeeds,
	signal: AbortSignal,
): Promise<SyncReport> {
	const startedAt = new Date().toISOString()
	const runs = await Promise.all(
		feeds.map(async (feed) => {
			const reason = leftOut(feed)
			const run =
				reason === undefined
					? await runFeed(feed, { ...needs, progress: progress.start(feed.name) }, signal)
					: { result: notRun(feed, reason), rows: [], isSourceFault: false }
			onResult(run.result, run)
			return run
		}),
	)
	return {
		startedAt,
		endedAt: new Date().toISOString(),
		feeds: runs.map(({ result }) => result),
		rows: runs.flatMap(({ rows }) => rows),
	}
}

function notRun({ name }: FeedSettings, reason: string): FeedResult {
	return { name, outcome: 'notRun', reason, ms: 0, ...noFigures() }
}
