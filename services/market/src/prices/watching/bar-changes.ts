import type { BarWatcher, LiveBars } from './live-bars.ts'

/** The changes of bars that streams are to be told. */
export type BarChanges = {
	/** A bar has changed that began at this time; undefined when none has. */
	add(live: LiveBars, sinceMs: number | undefined): void
	/** Notes all changes at once. */
	noteAll(): void
	forget(live: LiveBars): void
	clear(): void
}

// Changes are gathered for so long. Prices of a busy product come more often.
const gatherMs = 50

export function createBarChanges(): BarChanges {
	const changed = new Set<LiveBars>()
	let gathering: NodeJS.Timeout | undefined

	function noteAll(): void {
		clearTimeout(gathering)
		gathering = undefined
		const told = new Set<BarWatcher>()
		for (const live of changed) {
			for (const watcher of live.watchers) {
				watcher.note(live.sku, live.changedSinceMs)
				told.add(watcher)
			}
			live.changedSinceMs = Number.POSITIVE_INFINITY
		}
		changed.clear()
		for (const watcher of told) watcher.wake()
	}

	return {
		add(live, sinceMs) {
			if (sinceMs === undefined) return
			changed.add(live)
			live.changedSinceMs = Math.min(sinceMs, live.changedSinceMs)
			gathering ??= setTimeout(noteAll, gatherMs)
		},
		noteAll,
		forget: (live) => void changed.delete(live),
		clear() {
			clearTimeout(gathering)
			gathering = undefined
			changed.clear()
		},
	}
}
