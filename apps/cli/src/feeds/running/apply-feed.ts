import { addCounts, countRows, noCounts } from '../../import/import-counts.ts'
import type { ImportStream } from '../../import/import-stream.ts'
import { failedRow, heldRow, type ReportedRow, refusedRow } from '../../import/reported-row.ts'
import { sendLanes } from '../../import/send-lanes.ts'
import type { Parsers } from '../../parsing/parsers.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { withSettingNames } from '../settings/setting-names.ts'
import { type FeedWork, listRow } from './feed-work.ts'

export type ApplyFeedNeeds = {
	parsers: Pick<Parsers, 'parse'>
	openStream(): ImportStream
	/** Is told how many rows have an outcome. */
	onRows(rows: number): void
}

export type ApplyFeedOptions = {
	/** 0 for no run: then the catalog only answers as if. */
	runNumber: number
	/** How many streams carry the rows. */
	lanes: number
	/** Ends the reading. Rows that were read are still applied, and counted. */
	signal: AbortSignal
}

/**
 * Applies the rows of a feed, and counts them in its work.
 *
 * @throws ServiceError when the catalog ends the run, or does not answer
 * @throws ProductFileError
 */
export async function applyFeed(
	feed: FeedSettings,
	path: string,
	work: FeedWork,
	{ parsers, openStream, onRows }: ApplyFeedNeeds,
	{ runNumber, lanes, signal }: ApplyFeedOptions,
): Promise<void> {
	const counts = noCounts()
	const { figures } = work
	const mode = { isDryRun: runNumber === 0 }

	function list({ outcome, old = '', new: next = '', ...row }: ReportedRow): void {
		listRow(work, { feed: feed.name, ...row, outcome: outcome === 'held' ? 'held' : 'rejected', old, new: next })
	}

	function count(): void {
		const { created, updated, unchanged, held, failed } = counts
		Object.assign(figures, { created, updated, unchanged, held, rejected: failed, rows: countRows(counts) })
		onRows(figures.rows)
	}

	await using file = await parsers.parse(
		path,
		{
			...feed.file,
			...(runNumber === 0 ? { validateOnly: true } : { runNumber }),
			isFeed: true,
			source: feed.name,
			mode: 'apply',
			lanes,
		},
		{
			onProblems(problems) {
				counts.failed += problems.length
				for (const problem of problems) {
					list(refusedRow({ ...problem, problem: withSettingNames(problem.problem) }))
				}
				count()
			},
		},
	)
	const stop = () => file.stop()
	signal.addEventListener('abort', stop)
	if (signal.aborted) stop()
	try {
		await sendLanes(openStream, file, {
			onAnswer(answer) {
				addCounts(counts, answer)
				for (const failure of answer.failures) list(failedRow(failure, mode))
				for (const held of answer.held) list(heldRow(held, mode))
				count()
			},
			stop: signal,
		})
		await file.summary
	} finally {
		signal.removeEventListener('abort', stop)
	}
}
