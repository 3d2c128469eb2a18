import { drainBatches } from '@mercat/service/drain-batches'
import { type LargerStep, largerSteps, stepMs } from './bar.ts'

export type RollUpNeeds = {
	/** Makes at most so many of the bars that are due: those that began by a time. Returns how many were due. */
	rollUp(step: LargerStep, beganUntilMs: number, most: number): Promise<number>
	/** Milliseconds since 1970. */
	now(): number
}

// The last ticks of a step come, and are folded into bars of 1 s, in this time. Those that come later make the bar again.
const usualDelayMs = 5_000

// In one transaction. No bars of 1 s are stored meanwhile.
const usualChunkSize = 500

/** Makes the bars of minutes, hours and days that are over. */
export function rollUpBars({ rollUp, now }: RollUpNeeds, chunkSize = usualChunkSize) {
	return async (): Promise<void> => {
		for (const step of largerSteps) {
			const beganUntilMs = now() - stepMs[step] - usualDelayMs
			await drainBatches(chunkSize, (most) => rollUp(step, beganUntilMs, most))
		}
	}
}
