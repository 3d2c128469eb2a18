import type { BadTick, Tick } from './tick.ts'

/** A message of a source. */
export type SourceMessage = {
	/** Its place in what the source sends. The next message has the next number. */
	seq: number
	/** It replaces all messages that were missed. The numbers go on from its own, which may be lower than those before. */
	isSnapshot: boolean
	ticks: readonly Tick[]
	bad: readonly BadTick[]
	/** The size on the wire. */
	bytes: number
	/** When it came, on the clock of `performance.now()`. */
	cameAt: number
}
