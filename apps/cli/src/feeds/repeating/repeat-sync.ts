import { setTimeout as sleep } from 'node:timers/promises'
import { createLog } from '@mercat/service/log'
import { serveOperators } from '@mercat/service/serve-operators'
import { port, readVariables, text } from '@mercat/service/variables'
import { noProgress } from '../report/feed-progress.ts'
import type { FeedResult } from '../report/feed-result.ts'
import { isAllWell, type SyncReport } from '../report/sync-report.ts'
import { writeReport } from '../report/write-report.ts'
import type { FeedRunner } from '../running/open-feed-runner.ts'
import type { EndedRun } from '../running/run-feed.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { countResult } from './feed-instruments.ts'
import { createSourceBreakers } from './source-breakers.ts'

export type RepeatSyncNeeds = { runner: Pick<FeedRunner, 'run'>; env: NodeJS.ProcessEnv }
export type RepeatSyncOptions = {
	everyMs: number
	/** The file of the report. Each run replaces it. */
	report?: string
}

const specs = {
	LOG_LEVEL: text({ default: 'info' }),
	HOST: text({ default: '127.0.0.1' }),
	METRICS_PORT: port({ default: undefined }),
}
// Of the time between two runs, so that many commands do not run at the same moment.
const jitterShare = 0.1

/** Runs the feeds again and again until the signal. A run begins only when the one before has ended. */
export async function repeatSync(
	feeds: readonly FeedSettings[],
	{ runner, env }: RepeatSyncNeeds,
	{ everyMs, report: path }: RepeatSyncOptions,
	signal: AbortSignal,
): Promise<void> {
	const { LOG_LEVEL, HOST: host, METRICS_PORT: metricsPort } = readVariables(specs, env)
	const log = createLog('feeds', LOG_LEVEL)
	await using opened = new AsyncDisposableStack()
	const readiness = { missing: async () => [] }
	if (metricsPort !== undefined) opened.use(await serveOperators({ readiness, log }, { host, metricsPort }))
	const breakers = createSourceBreakers(everyMs)

	function onResult({ name: feed, ...result }: FeedResult, { isSourceFault }: Pick<EndedRun, 'isSourceFault'>): void {
		breakers.note({ name: feed, outcome: result.outcome, isSourceFault })
		countResult(feed, result)
		const facts = { feed, ...result }
		if (isAllWell({ feeds: [{ name: feed, ...result }] })) log.info(facts, 'feed synced')
		else log.warn(facts, 'feed not synced')
	}

	/** The next run replaces a report that cannot be written now, such as on a full disk. */
	function tryToWrite(report: string, content: SyncReport): void {
		try {
			writeReport(report, content)
		} catch (error) {
			log.error({ err: error, report }, 'report not written')
		}
	}

	while (!signal.aborted) {
		const startedAt = performance.now()
		const report = await runner.run(feeds, { progress: noProgress, leftOut: breakers.leftOut, onResult }, signal)
		if (path !== undefined) tryToWrite(path, report)
		const waitMs = everyMs * (1 + jitterShare * (Math.random() - 0.5)) - (performance.now() - startedAt)
		await sleep(Math.max(waitMs, 0), undefined, { signal }).catch(() => {})
	}
	log.info('feeds stopped')
	log.flush()
}
