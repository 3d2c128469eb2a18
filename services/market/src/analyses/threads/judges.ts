import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import type { CheckSettings } from '../../checking/check-settings.ts'
import type { JudgingPart } from '../judging/judging-part.ts'
import type { Judged } from '../judging/judging-result.ts'
import type { JudgingJob, ToJudge, ToReader } from './judging-messages.ts'

export type JudgingOptions = {
	/** Ends the thread. */
	signal: AbortSignal
	/** Is told how many ticks belong to the result, after each part. */
	judged(ticks: number): void
}

/** The thread that judges ticks again, so that the event loop stays free. It lives for as long as there is work. */
export type Judges = AsyncDisposable & {
	/**
	 * Judges the ticks of some parts. The parts are read as they are needed, one ahead.
	 *
	 * @throws what the parts throw, the reason of the signal, and when the thread ends early
	 */
	judge(settings: CheckSettings, parts: AsyncGenerator<JudgingPart>, options: JudgingOptions): Promise<Judged>
}

// The windows of prices lie outside of it. Without a limit, a thread collects its garbage late.
const resourceLimits = { maxYoungGenerationSizeMb: 16, maxOldGenerationSizeMb: 256 }

export function openJudges(log: { warn(facts: object, message: string): void }): Judges {
	const pool = new Piscina<JudgingJob, Judged>({
		filename: new URL('./judge.ts', import.meta.url).href,
		name: 'judge',
		minThreads: 0,
		maxThreads: 1,
		// The thread waits for its parts on its event loop.
		atomics: 'disabled',
		resourceLimits,
		// A thread that tracks descriptors closes the number of one again when it ends, and by then a connection may have it.
		trackUnmanagedFds: false,
		recordTiming: false,
	})
	pool.on('error', (err) => log.warn({ err }, 'a thread without work has ended'))

	return {
		async judge(settings, parts, { signal, judged }) {
			signal.throwIfAborted()
			const { port1: port, port2 } = new MessageChannel()
			const end = new AbortController()
			const failed = Promise.withResolvers<never>()
			const answer = (part: ToJudge) => port.postMessage(part, memoryOf(part))
			port.on('message', ({ ticks }: ToReader) => {
				judged(ticks)
				parts
					.next()
					.then(({ done, value }) => answer(done ? undefined : value))
					.catch(failed.reject)
			})
			const judging = pool.run(
				{ settings, port: port2 },
				{ transferList: [port2], signal: AbortSignal.any([signal, end.signal]) },
			)
			try {
				return await Promise.race([judging, failed.promise])
			} catch (error) {
				throw signal.aborted ? signal.reason : error
			} finally {
				end.abort()
				port.close()
				// A read that is under way ends later.
				parts.return(undefined).catch(() => {})
			}
		},
		[Symbol.asyncDispose]: () => pool.destroy(),
	}
}

function memoryOf(part: ToJudge): ArrayBuffer[] {
	return part?.kind === 'blocks' ? part.blocks.map(({ ticks }) => ticks.buffer) : []
}
