import type { FeedResult, ReportRow } from './feed-result.ts'

/** The report of one run of all feeds. */
export type SyncReport = {
	/** As in RFC 3339. */
	startedAt: string
	endedAt: string
	feeds: FeedResult[]
	rows: ReportRow[]
}

/** Whether each source synced, or was unchanged. */
export function isAllWell({ feeds }: Pick<SyncReport, 'feeds'>): boolean {
	return feeds.every(({ outcome }) => outcome === 'synced' || outcome === 'unchanged')
}
