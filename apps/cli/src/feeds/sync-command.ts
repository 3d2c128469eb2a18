import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isServiceError } from '../catalog/call-error.ts'
import { CommandError } from '../command/command-error.ts'
import { isSameFile } from '../output/replaced-file.ts'
import { stopOnSignal } from '../signals/stop-on-signal.ts'
import { interruptedExitCode } from '../signals/stop-signal.ts'
import { closingLines } from './report/closing-lines.ts'
import { showFeedsProgress } from './report/feed-progress.ts'
import { reportTable } from './report/report-table.ts'
import { isAllWell } from './report/sync-report.ts'
import { writeReport } from './report/write-report.ts'
import { type FeedRunner, openFeedRunner } from './running/open-feed-runner.ts'
import type { FeedSettings } from './settings/feed-settings.ts'
import { readFeedsFile } from './settings/read-feeds-file.ts'

const usage = { exitCode: 2 }

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
	if (options.report !== undefined) checkReport(options.report, path, feeds)
	const stop = stopOnSignal()
	await using runner = openFeedRunner({ env }, options)
	await checkCatalog(runner)
	if (options.everyMs !== undefined) {
		const { repeatSync } = await import('./repeating/repeat-sync.ts')
		await repeatSync(feeds, { runner, env }, { ...options, everyMs: options.everyMs }, stop)
		return 0
	}
	const progress = showFeedsProgress()
	const report = await runner.run(feeds, { progress }, stop).finally(() => progress.stop())
	console.log([reportTable(report), ...closingLines(report, options)].join('\n'))
	if (options.report !== undefined) writeReport(options.report, report)
	if (stop.aborted) return interruptedExitCode
	return isAllWell(report) ? 0 : 1
}

/** @throws CommandError when the report would replace what the command reads, or cannot be written at its place */
function checkReport(report: string, path: string, feeds: readonly FeedSettings[]): void {
	const sources = feeds.filter(({ url }) => url.protocol === 'file:').map(({ url }) => fileURLToPath(url))
	if ([path, ...sources].some((input) => isSameFile(input, report)))
		throw new CommandError(`--report must name another file than ${report}, which the command reads`, usage)
	const folder = dirname(report)
	if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
		throw new CommandError(`--report must name a file in a folder that exists, and ${folder} does not`, usage)
	if (statSync(report, { throwIfNoEntry: false })?.isDirectory())
		throw new CommandError(`--report must name a file, and ${report} is a folder`, usage)
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
