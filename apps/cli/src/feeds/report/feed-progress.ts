import type { SingleBar } from 'cli-progress'
import { openBars } from '../../output/open-bars.ts'
import type { FeedResult } from './feed-result.ts'

/** What a run of a feed does now. */
export type FeedStage = 'fetching' | 'waiting' | 'checking' | 'applying' | 'retiring'

/** The progress of a run, as the terminal shows it. */
export type FeedsProgress = {
	start(feed: string): FeedProgress
	stop(): void
}

export type FeedProgress = {
	enter(stage: FeedStage): void
	/** How many of the rows have an outcome. */
	applied(rows: number, ofRows: number): void
	end(result: Pick<FeedResult, 'outcome' | 'reason'>): void
}

export const noProgress: FeedsProgress = { start: () => ({ enter() {}, applied() {}, end() {} }), stop() {} }

// For the lines above and below the bars.
const otherLines = 3

/** Shows a bar for each feed that runs, as many as the terminal has lines, if stderr is a terminal. */
export function showFeedsProgress(stderr: NodeJS.WriteStream = process.stderr): FeedsProgress {
	if (!stderr.isTTY) return noProgress
	const bars = openBars(stderr, '{bar} {feed}: {stage} {rows}')
	let shown = 0

	return {
		start(feed) {
			let bar: SingleBar | undefined
			return {
				enter(stage) {
					if (bar === undefined && shown < stderr.rows - otherLines) {
						bar = bars.create(1, 0, { feed, stage, rows: '' })
						shown++
					}
					bar?.update({ stage })
				},
				applied(rows, ofRows) {
					bar?.setTotal(Math.max(ofRows, 1))
					bar?.update(rows, { rows: `${rows} of ${ofRows} rows` })
				},
				end({ outcome, reason }) {
					bars.log(`${feed}: ${reason === '' ? outcome : `${outcome} (${reason})`}\n`)
					if (bar === undefined) return
					bars.remove(bar)
					shown--
				},
			}
		},
		stop: bars.stop,
	}
}
