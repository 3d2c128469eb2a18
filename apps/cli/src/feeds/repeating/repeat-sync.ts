import { createLog } from '@mercat/service/log'
import { serveOperators } from '@mercat/service/serve-operators'
import { port, readVariables, text } from '@mercat/service/variables'
import { noProgress } from '../report/feed-progress.ts'
import type { FeedOutcome, FeedResult } from '../report/feed-result.ts'
import { createJointReport } from '../report/joint-report.ts'
import { isAllWell, type SyncReport } from '../report/sync-report.ts'
import { writeReport } from '../report/write-report.ts'
import type { FeedRunner } from '../running/open-feed-runner.ts'
import type { EndedRun } from '../running/run-feed.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { countResult } from './feed-instruments.ts'
import { lostOutput } from './lost-output.ts'
import { repeatRun } from './repeat-run.ts'
import { createSourceBreakers } from './source-breakers.ts'

export type RepeatSyncNeeds = { runner: Pick<FeedRunner, 'run'>; env: NodeJS.ProcessEnv }
export type RepeatSyncOptions = {
	everyMs: number
	/** The file of the report. It has the last run of each feed, and each run that ends replaces it. */
	report?: string
}

const specs = {
	LOG_LEVEL: text({ default: 'info' }),
	HOST: text({ default: '127.0.0.1' }),
	METRICS_PORT: port({ default: undefined }),
}
const messages: Record<FeedOutcome, string> = {
	synced: 'feed synced',
	unchanged: 'feed unchanged',
	held: 'feed synced, except for held prices or rejected rows',
	failed: 'feed failed',
	stopped: 'feed stopped by a rule of safety',
	notRun: 'feed not run',
}

/**
 * Runs the feeds again and again, each on a clock of its own, until the signal or until nobody reads the output. A run under way
 * is ended cleanly.
 */
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
	const jointReport = createJointReport(feeds.map(({ name }) => name))
	const end = AbortSignal.any([signal, lostOutput()])

	function onResult({ name: feed, ...result }: FeedResult, { isSourceFault }: Pick<EndedRun, 'isSourceFault'>): void {
		breakers.note({ name: feed, outcome: result.outcome, isSourceFault })
		countResult(feed, result)
		const facts = { feed, ...result }
		const message = messages[result.outcome]
		if (isAllWell({ feeds: [{ name: feed, ...result }] })) log.info(facts, message)
		else log.warn(facts, message)
	}

	/** The next run replaces a report that cannot be written now, such as on a full disk. */
	function tryToWrite(report: string, content: SyncReport): void {
		try {
			writeReport(report, content)
		} catch (error) {
			log.error({ err: error, report }, 'report not written')
		}
	}

	async function runOnce(feed: FeedSettings): Promise<void> {
		try {
			const run = await runner.run([feed], { progress: noProgress, leftOut: breakers.leftOut, onResult }, end)
			if (path !== undefined) tryToWrite(path, jointReport.put(feed.name, run))
		} catch (error) {
			// Trouble of this machine, such as a full disk, may pass. The other feeds go on.
			log.error({ err: error, feed: feed.name }, 'feed not run')
		}
	}

	await Promise.all(feeds.map((feed) => repeatRun(() => runOnce(feed), everyMs, end)))
	log.info('feeds stopped')
	log.flush()
}
