const longestTurnMs = 2

export type Turns = ReturnType<typeof createTurns>

/** Cuts long work into turns of the event loop, so that other calls need not wait for it. */
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

const waiting: (() => void)[] = []

/** Only one piece of long work goes on in each turn of the event loop: the turns of several would add up before a timer or a socket. */
function nextTurn(): Promise<void> {
	return new Promise((resolve) => {
		waiting.push(resolve)
		if (waiting.length === 1) setImmediate(goOn)
	})
}

function goOn(): void {
	waiting.shift()?.()
	if (waiting.length > 0) setImmediate(goOn)
}
