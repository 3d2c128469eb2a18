import type { LiveBars } from './live-bars.ts'

/** Bars that are to be read a little later: the process that follows their source stores late prices meanwhile. */
export type LateBars = {
	add(live: LiveBars): void
	forget(live: LiveBars): void
	isEmpty(): boolean
	clear(): void
}

export function createLateBars(delayMs: number, due: (bars: Iterable<LiveBars>) => void): LateBars {
	const late = new Set<LiveBars>()
	let timer: NodeJS.Timeout | undefined

	function end(): void {
		timer = undefined
		const bars = [...late]
		late.clear()
		due(bars)
	}

	return {
		add(live) {
			late.add(live)
			timer ??= setTimeout(end, delayMs)
		},
		forget: (live) => void late.delete(live),
		isEmpty: () => late.size === 0,
		clear() {
			clearTimeout(timer)
			timer = undefined
			late.clear()
		},
	}
}
