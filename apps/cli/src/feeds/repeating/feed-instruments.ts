import { Counter, Gauge } from '@mercat/service/metrics'
import type { FeedResult } from '../report/feed-result.ts'

const runs = new Counter({
	name: 'mercat_feed_syncs_total',
	help: 'Runs of feeds by this command, by their outcome',
	labelNames: ['feed', 'outcome'],
})
const rows = new Counter({
	name: 'mercat_feed_rows_total',
	help: 'Rows of feeds by their outcome',
	labelNames: ['feed', 'outcome'],
})
const seconds = new Gauge({
	name: 'mercat_feed_sync_seconds',
	help: 'How long the last run of a feed took',
	labelNames: ['feed'],
})
const lastSync = new Gauge({
	name: 'mercat_feed_last_sync_timestamp_seconds',
	help: 'When a feed was last synced, unchanged or held, in seconds since 1970',
	labelNames: ['feed'],
})
const rowOutcomes = ['created', 'updated', 'unchanged', 'held', 'rejected'] as const

/** Counts a run. The settings bound the number of feeds. */
export function countResult(feed: string, { outcome, ms, ...figures }: Omit<FeedResult, 'name'>): void {
	runs.inc({ feed, outcome })
	for (const outcome of rowOutcomes) rows.inc({ feed, outcome }, figures[outcome])
	if (outcome === 'notRun') return
	seconds.set({ feed }, ms / 1_000)
	if (outcome !== 'failed' && outcome !== 'stopped') lastSync.set({ feed }, Date.now() / 1_000)
}
