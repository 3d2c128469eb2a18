import type { FeedResult } from './feed-result.ts'
import type { SyncReport } from './sync-report.ts'

const figures = ['rows', 'created', 'updated', 'unchanged', 'held', 'rejected', 'missing'] as const

/** The report as a table for a terminal, with a line for each feed and its reason behind the figures. */
export function reportTable({ feeds }: Pick<SyncReport, 'feeds'>): string {
	const head = ['feed', 'outcome', ...figures, 'seconds', 'reason']
	const lines = [head, ...feeds.map(lineOf)]
	const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)))
	return lines
		.map((line) =>
			line
				.map((text, column) => pad(text, column, widths))
				.join('  ')
				.trimEnd(),
		)
		.join('\n')
}

function lineOf(feed: FeedResult): string[] {
	const seconds = (feed.ms / 1_000).toFixed(1)
	return [feed.name, feed.outcome, ...figures.map((figure) => String(feed[figure])), seconds, feed.reason]
}

/** Texts stand to the left, and numbers to the right. */
function pad(text: string, column: number, widths: number[]): string {
	const width = widths[column] ?? 0
	const isNumber = column >= 2 && column < widths.length - 1
	return isNumber ? text.padStart(width) : text.padEnd(width)
}
