import type { ProcessSample } from './process-sample.ts'
import { readInstruments } from './read-instruments.ts'

export type ProcessSamplerNeeds = {
	pid: number
	eventLoopDelay: { lookMs(): number; stop(): void }
}

export type ProcessSampler = Disposable & { sample(): Promise<ProcessSample> }

// Readers at several workers share a sample.
const freshMs = 500
const idleMs = 60_000

/** Takes samples of this process when somebody asks, and measures nothing a minute after the last question. */
export function createProcessSampler({ pid, eventLoopDelay }: ProcessSamplerNeeds): ProcessSampler {
	let takenAt = Number.NEGATIVE_INFINITY
	let taken: Promise<ProcessSample> | undefined
	let idle: ReturnType<typeof setTimeout> | undefined

	async function take(): Promise<ProcessSample> {
		const eventLoopDelayMs = eventLoopDelay.lookMs()
		return { pid, takenAt, eventLoopDelayMs, ...(await readInstruments()) }
	}

	return {
		sample() {
			clearTimeout(idle)
			idle = setTimeout(eventLoopDelay.stop, idleMs).unref()
			if (taken === undefined || performance.now() - takenAt >= freshMs) {
				takenAt = performance.now()
				taken = take()
			}
			return taken
		},
		[Symbol.dispose]() {
			clearTimeout(idle)
			eventLoopDelay.stop()
		},
	}
}
