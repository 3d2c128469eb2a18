import { Counter } from '@mercat/service/metrics'
import type { FeedRunOutcome } from './feed-run.ts'

const runs = new Counter({
	name: 'mercat_feed_runs_total',
	help: 'Runs of feeds that have ended, by their outcome; failed ones also when they ended without a report',
	labelNames: ['outcome'],
})

export function countFeedRun(outcome: FeedRunOutcome, count = 1): void {
	if (count > 0) runs.inc({ outcome }, count)
}
