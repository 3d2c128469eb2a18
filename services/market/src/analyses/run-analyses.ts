import { randomUUID } from 'node:crypto'
import { createAlarm } from '@mercat/service/alarm'
import { backoffMs } from '@mercat/service/backoff'
import type { Logger } from '@mercat/service/log'
import { repeat } from '@mercat/service/repeat'
import type { CheckSettings } from '../checking/check-settings.ts'
import type { AnalysedTicks } from './analysed-ticks.ts'
import type { Analysis, AnalysisProgress, AnalysisStatus } from './analysis.ts'
import type { JudgingPart } from './judging/judging-part.ts'
import type { Judged, JudgingResult } from './judging/judging-result.ts'

export type RunAnalysesNeeds = {
	/** Takes the oldest analysis that waits, when none runs in any process. */
	claim(owner: string): Promise<Analysis | undefined>
	/** Keeps it for longer. Returns false when the owner does not have it any more: it was cancelled. */
	keep(id: string, owner: string, progress: AnalysisProgress): Promise<boolean>
	finish(id: string, owner: string, result: JudgingResult): Promise<void>
	fail(id: string, owner: string, reason: string): Promise<void>
	/** Lets it wait for another process. */
	giveBack(id: string, owner: string): Promise<void>
	readTicks(analysis: Analysis): AnalysedTicks
	/** Judges ticks in another thread. */
	judge(
		settings: CheckSettings,
		parts: AsyncGenerator<JudgingPart>,
		options: { signal: AbortSignal; judged(ticks: number): void },
	): Promise<Judged>
	/** Is told of each analysis that this process has run. One that is to be run again is `waiting`. */
	ended(status: AnalysisStatus, ms: number): void
	log: Pick<Logger, 'error' | 'warn' | 'info'>
}

export type RunAnalysesOptions = { pollMs?: number; keepMs?: number }

export type RunningAnalyses = AsyncDisposable & {
	/** Looks for an analysis that waits now. */
	wake(): void
	/** Ends an analysis at once, if this process runs it. It was cancelled. */
	cancelled(id: string): void
}

const firstBackoffMs = 500
const largestBackoffMs = 10_000

/** Runs analyses, one after the other, until the result is disposed of. One that runs then waits for the next process. */
export function runAnalyses(
	{ claim, keep, finish, fail, giveBack, readTicks, judge, ended, log }: RunAnalysesNeeds,
	{ pollMs = 5_000, keepMs = 1_000 }: RunAnalysesOptions = {},
): RunningAnalyses {
	const owner = randomUUID()
	const stop = new AbortController()
	const alarm = createAlarm()
	let current: { id: string; end: AbortController } | undefined
	let failures = 0

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			try {
				const analysis = await claim(owner)
				failures = 0
				if (analysis === undefined) await alarm.wait(pollMs)
				else await runOne(analysis)
			} catch (err) {
				if (failures++ === 0) log.warn({ err }, 'analyses cannot be run; it is tried again')
				await alarm.wait(backoffMs(failures, firstBackoffMs, largestBackoffMs))
			}
		}
	}

	async function runOne(analysis: Analysis): Promise<void> {
		const { id, source, settings } = analysis
		const end = new AbortController()
		current = { id, end }
		const { parts, percent, missingBlocks } = readTicks(analysis)
		let ticks = 0
		const startedAt = performance.now()
		const keeping = startKeeping(id, () => ({ ticks, percent: percent() }), end)
		log.info({ analysis: id, source }, 'an analysis begins')
		let status: AnalysisStatus = 'done'
		try {
			const judged = await judge(settings, parts, {
				signal: AbortSignal.any([end.signal, stop.signal]),
				judged(count) {
					ticks = count
				},
			})
			await finish(id, owner, { ...judged, missingBlocks: missingBlocks() })
		} catch (err) {
			status = end.signal.aborted ? 'cancelled' : stop.signal.aborted ? 'waiting' : 'failed'
			if (status === 'waiting') await giveBack(id, owner)
			if (status === 'failed') {
				log.warn({ err, analysis: id, source }, 'an analysis has failed')
				await fail(id, owner, reasonOf(err))
			}
		} finally {
			current = undefined
			await keeping[Symbol.asyncDispose]()
			const ms = performance.now() - startedAt
			ended(status, ms)
			log.info({ analysis: id, source, status, ticks, ms: Math.round(ms) }, 'an analysis has ended')
		}
	}

	function startKeeping(id: string, progress: () => AnalysisProgress, end: AbortController): AsyncDisposable {
		const run = async () => {
			// Without an answer, it may still be ours.
			if (!(await keep(id, owner, progress()).catch(() => true))) end.abort()
		}
		return repeat({ name: 'keep an analysis', run, intervalMs: keepMs }, log)
	}

	const stopped = run()
	return {
		wake: alarm.ring,
		cancelled(id) {
			if (current?.id === id) current.end.abort()
		},
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await stopped
		},
	}
}

function reasonOf(err: unknown): string {
	const isOutOfMemory = (err as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
	return isOutOfMemory
		? 'Its thread had no more memory.'
		: 'Its ticks could not be read or judged. The log has the reason.'
}
