import { type FeedFigures, noFigures, type ReportRow } from '../report/feed-result.ts'

/** What a run of a feed has done so far. */
export type FeedWork = {
	figures: FeedFigures
	/** The rows of the report. */
	rows: ReportRow[]
	/** Rows that the report leaves out, because there are too many. The figures count them. */
	unlisted: number
	/** How many rows each rule has rejected. */
	rejectedBy: Map<string, number>
}

const mostListed = 10_000

export function newFeedWork(): FeedWork {
	return { figures: noFigures(), rows: [], unlisted: 0, rejectedBy: new Map() }
}

export function listRow(work: FeedWork, row: ReportRow): void {
	if (row.outcome === 'rejected') work.rejectedBy.set(row.rule, (work.rejectedBy.get(row.rule) ?? 0) + 1)
	if (work.rows.length < mostListed) work.rows.push(row)
	else work.unlisted++
}
