import { MultiBar, Presets, type SingleBar } from 'cli-progress'
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

const silent: FeedProgress = { enter() {}, applied() {}, end() {} }

/** Shows a bar for each feed that runs, if stderr is a terminal. */
export function showFeedsProgress(stderr: NodeJS.WriteStream = process.stderr): FeedsProgress {
	if (!stderr.isTTY) return { start: () => silent, stop() {} }
	const bars = new MultiBar(
		{ stream: stderr, format: '{bar} {feed}: {stage} {rows}', clearOnComplete: true, hideCursor: true },
		Presets.shades_classic,
	)
	return {
		start(feed) {
			const bar = bars.create(1, 0, { feed, stage: 'fetching', rows: '' })
			return progressOf(
				bar,
				() => bars.remove(bar),
				(line) => bars.log(`${feed}: ${line}\n`),
			)
		},
		stop() {
			bars.update()
			bars.stop()
		},
	}
}

function progressOf(bar: SingleBar, remove: () => void, log: (line: string) => void): FeedProgress {
	return {
		enter: (stage) => bar.update({ stage }),
		applied(rows, ofRows) {
			bar.setTotal(Math.max(ofRows, 1))
			bar.update(rows, { rows: `${rows} of ${ofRows} rows` })
		},
		end({ outcome, reason }) {
			log(reason === '' ? outcome : `${outcome} (${reason})`)
			remove()
		},
	}
}
