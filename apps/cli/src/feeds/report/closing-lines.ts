import { type FeedFigures, rejectedRows } from './feed-result.ts'
import type { SyncReport } from './sync-report.ts'

/** How the command was called. */
export type ClosingLinesOptions = {
	dryRun: boolean
	/** The file of the report. */
	report?: string
}

/** The lines below the table: how to go on where prices are held or rows were rejected, and that a dry run has changed nothing. */
export function closingLines(
	{ feeds }: Pick<SyncReport, 'feeds'>,
	{ dryRun, report = '--report FILE' }: ClosingLinesOptions,
): string[] {
	const [held, rejected] = [sumOf(feeds, 'held'), sumOf(feeds, 'rejected')]
	const prices = held === 1 ? '1 price is held' : `${held} prices are held`
	return [
		...(held === 0 || dryRun ? [] : [`${prices}: \`mercat prices held\` and the console show them for a decision`]),
		...(rejected === 0
			? []
			: [
					`${rejectedRows(rejected)}: ${report} lists ${rejected === 1 ? 'it with its reason' : 'them with their reasons'}`,
				]),
		...(dryRun ? ['dry run, nothing was changed'] : []),
	]
}

function sumOf(feeds: SyncReport['feeds'], figure: keyof FeedFigures): number {
	return feeds.reduce((sum, feed) => sum + feed[figure], 0)
}
