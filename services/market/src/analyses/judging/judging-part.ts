import type { FirstPrice } from './judge-again.ts'

/** A block of packed ticks that is to be judged again. */
export type BlockToJudge = {
	/** When it was folded, in milliseconds since 1970. */
	begunAtMs: number
	/** Whether its ticks belong to the result, or only come before those that do. */
	isCounted: boolean
	/** With a memory of its own, which can go to another thread. */
	ticks: Uint8Array<ArrayBuffer>
}

/** What is judged next. The first prices of the day come before all blocks. */
export type JudgingPart = { kind: 'firsts'; prices: FirstPrice[] } | { kind: 'blocks'; blocks: BlockToJudge[] }
