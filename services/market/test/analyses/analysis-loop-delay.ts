import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('./measure-loop-delay.ts', import.meta.url))

/** How late the event loop of a process ran, in milliseconds. */
export type LoopDelay = { p50Ms: number; p99Ms: number; longestMs: number }

export type AnalysisDelays = {
	/** While the analysis ran. */
	analysis: LoopDelay
	/** For two seconds before, while the process had nothing to do. */
	idle: LoopDelay
	ticks: number
	analysisMs: number
}

/**
 * Measures how much an analysis delays the event loop of its service: stores ticks of 2,000 products in an empty database, and judges
 * them again, in a process of its own.
 */
export async function measureAnalysisDelays(databaseUrl: string, { ticks = 1_000_000 } = {}): Promise<AnalysisDelays> {
	const child = fork(program, [databaseUrl, String(ticks)])
	let delays: AnalysisDelays | undefined
	child.once('message', (message: AnalysisDelays) => {
		delays = message
	})
	const [code] = await once(child, 'exit')
	if (delays === undefined) throw new Error(`the measurement ended with ${code}`)
	return delays
}
