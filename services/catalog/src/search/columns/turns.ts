import { setImmediate as nextTurn } from 'node:timers/promises'

const longestTurnMs = 2

export type Turns = ReturnType<typeof createTurns>

/** Cuts long work into turns of the event loop, so that reservations of stock need not wait for it. */
export function createTurns() {
	let startedAt = performance.now()
	return {
		/** Whether other work should have a turn now. Ask after every few thousand steps. */
		isOver: () => performance.now() - startedAt > longestTurnMs,
		async next(): Promise<void> {
			await nextTurn()
			startedAt = performance.now()
		},
	}
}
