import type { SyncReport } from './sync-report.ts'

/** The lines below the table: how to go on where prices are held, and that a dry run has changed nothing. */
export function closingLines({ feeds }: Pick<SyncReport, 'feeds'>, { dryRun }: { dryRun: boolean }): string[] {
	if (dryRun) return ['dry run, nothing was changed']
	const held = feeds.reduce((sum, feed) => sum + feed.held, 0)
	if (held === 0) return []
	const prices = held === 1 ? '1 price is held' : `${held} prices are held`
	return [`${prices}: \`mercat prices held\` and the console show them for a decision`]
}
