import { setTimeout as sleep } from 'node:timers/promises'
import { backoffMs } from '@mercat/service/backoff'
import type { TraceContext } from '@mercat/service/tracing'
import type { Verdict } from '../checking/verdict.ts'
import type { PipelineSpan } from '../telemetry/pipeline-spans.ts'
import type { SourceMessage } from '../ticks/source-message.ts'
import type { Tick } from '../ticks/tick.ts'
import { type JudgedTick, judgeMessage } from './blocks/judged-tick.ts'

/** The ticks that are stored in one transaction. */
export type FoldedBlock = {
	block: number
	ticks: JudgedTick[]
	/** Undefined where no spans are made. */
	trace?: TraceContext
}

export type FoldSourceNeeds = {
	/** The next messages of the source, in their order: at least one, and none when no more will come. */
	take(): Promise<readonly SourceMessage[]>
	/** Judges the ticks in their order. Those of a snapshot may have come before. */
	judge(tick: Tick, isRepeated: boolean): Verdict
	/** Stores a block. Returns false when another process follows the source. The same call again stores it once. */
	append(block: FoldedBlock & { foldedSeq: number }): Promise<boolean>
	startSpan(block: number, messages: readonly SourceMessage[]): PipelineSpan
	bars: {
		add(block: number, ticks: readonly JudgedTick[]): void
		size(): number
		store(): Promise<void>
	}
	/** Is told of each block, in their order, once it is stored. */
	folded(block: FoldedBlock): void
	/** Is called when another process follows the source. Nothing is stored after it. */
	lost(): void
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

export type FoldSourceOptions = {
	/** The last block of the source. */
	block: number
	/** When so many bars wait, no ticks are taken until they are stored. */
	mostOpenBars?: number
}

const firstBackoffMs = 50
const largestBackoffMs = 2_000

/**
 * Judges and stores the ticks of a source, one block after the other, until the result is disposed of. While the database is away,
 * the same block is stored again and again, and no further messages are taken.
 */
export function foldSource(
	{ take, judge, append, startSpan, bars, folded, lost, log }: FoldSourceNeeds,
	{ block: lastBlock, mostOpenBars = 50_000 }: FoldSourceOptions,
): AsyncDisposable & {
	/** Resolves when the source has no more messages, or was lost. */
	over: Promise<void>
} {
	const stop = new AbortController()
	let endTaking = () => {}
	let block = lastBlock
	let failures = 0

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			const messages = await takeUnlessStopped()
			const last = messages.at(-1)
			if (last === undefined) return
			const span = startSpan(block + 1, messages)
			const ticks = messages.flatMap((message) => judgeMessage(message, judge))
			const next = { block: block + 1, ticks, trace: span.trace, foldedSeq: last.seq }
			const isStored = await insist(() => append(next))
			span.end(isStored ? undefined : 'not stored')
			if (isStored === undefined) return
			if (!isStored) {
				stop.abort()
				lost()
				return
			}
			block++
			bars.add(block, ticks)
			folded({ block, ticks, trace: span.trace })
			if (bars.size() > mostOpenBars) await insist(bars.store)
		}
	}

	/** Messages that come after the end are left. They are not stored, so they come again. */
	function takeUnlessStopped(): Promise<readonly SourceMessage[]> {
		return new Promise((resolve, reject) => {
			endTaking = () => resolve([])
			take().then(resolve, reject)
		})
	}

	/** Does something until it succeeds. Undefined when that is not wanted any more. */
	async function insist<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
		while (!stop.signal.aborted) {
			try {
				const result = await work()
				if (failures > 0) log.info({ failures }, 'ticks are stored again')
				failures = 0
				return result
			} catch (err) {
				// The first of several in a row is enough.
				if (failures++ === 0) log.warn({ err }, 'ticks cannot be stored; they are stored again')
				await sleep(backoffMs(failures, firstBackoffMs, largestBackoffMs), undefined, { signal: stop.signal }).catch(
					() => {},
				)
			}
		}
		return undefined
	}

	const over = run()
	return {
		over,
		async [Symbol.asyncDispose]() {
			stop.abort()
			endTaking()
			await over
		},
	}
}
