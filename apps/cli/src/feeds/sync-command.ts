import { fileURLToPath } from 'node:url'
import { isServiceError } from '../catalog/call-error.ts'
import { CommandError } from '../command/command-error.ts'
import { endInterrupted, interruptedExitCode, onStopSignal } from '../command/stop-signal.ts'
import { checkReplaceable } from '../output/replace-file.ts'
import { closingLines } from './report/closing-lines.ts'
import { showFeedsProgress } from './report/feed-progress.ts'
import { reportTable } from './report/report-table.ts'
import { isAllWell } from './report/sync-report.ts'
import { writeReport } from './report/write-report.ts'
import { type FeedRunner, openFeedRunner } from './running/open-feed-runner.ts'
import { readFeedsFile } from './settings/read-feeds-file.ts'

export type SyncOptions = {
	/** As `HOST:PORT`. */
	catalog: string
	/** The names of the wanted feeds; all of them, if there are none. */
	only: string[]
	dryRun: boolean
	concurrency: number
	/** The file of the report. */
	report?: string
	/** Repeats the run. */
	everyMs?: number
}

/**
 * Runs `mercat feeds sync`, which prints a table with a line for each feed to stdout.
 *
 * @returns the exit code: 0 when each source synced or was unchanged
 * @throws CommandError
 */
export async function runFeedsSync(path: string, options: SyncOptions, env: NodeJS.ProcessEnv): Promise<number> {
	const feeds = readFeedsFile(path, env, options.only)
	const files = feeds.filter(({ url }) => url.protocol === 'file:').map(({ url }) => fileURLToPath(url))
	if (options.report !== undefined) checkReplaceable(options.report, 'report', [path, ...files])
	const stop = new AbortController()
	onStopSignal({ first: () => stop.abort(), again: endInterrupted })
	await using runner = openFeedRunner({ env }, options)
	await checkCatalog(runner)
	if (options.everyMs !== undefined) {
		const { repeatSync } = await import('./repeating/repeat-sync.ts')
		await repeatSync(feeds, { runner, env }, { ...options, everyMs: options.everyMs }, stop.signal)
		return 0
	}
	const progress = showFeedsProgress()
	stop.signal.addEventListener('abort', () => console.error('mercat: stopping; a second Ctrl-C stops at once'))
	const report = await runner.run(feeds, { progress }, stop.signal).finally(() => progress.stop())
	console.log([reportTable(report), ...closingLines(report, options)].join('\n'))
	if (options.report !== undefined) writeReport(options.report, report)
	if (stop.signal.aborted) return interruptedExitCode
	return isAllWell(report) ? 0 : 1
}

/** @throws CommandError when no feed could be applied */
async function checkCatalog(runner: FeedRunner): Promise<void> {
	try {
		await runner.check()
	} catch (error) {
		if (!isServiceError(error)) throw error
		throw new CommandError(await runner.explain(error), { cause: error })
	}
}
