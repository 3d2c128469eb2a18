import { sizeOfEntry, type WatchedEntry } from '../encoding/watched-entry.ts'

/** The latest entries, so that a stream can be brought to the end of the log in one turn. */
export type RecentEntries = {
	add(entries: readonly WatchedEntry[]): void
	/** The next entries behind a position; undefined when some of them are no longer known. */
	after(position: number): WatchedEntry[] | undefined
}

const mostEntries = 10_000
const mostBytes = 16 * 1024 * 1024
const mostAtOnce = 2_000

/** @param position where the log ends now */
export function createRecentEntries(position: number): RecentEntries {
	// The entries of the older part go first, all at once: an array that loses its first item again and again is slow.
	let older: WatchedEntry[] = []
	let newer: WatchedEntry[] = []
	let bytes = 0
	let beginsAfter = position

	function addOne(entry: WatchedEntry): void {
		const size = sizeOfEntry(entry)
		if (newer.length >= mostEntries / 2 || bytes + size > mostBytes / 2) {
			beginsAfter = (newer[0]?.position ?? entry.position) - 1
			older = newer
			newer = []
			bytes = 0
		}
		newer.push(entry)
		bytes += size
	}

	return {
		add(entries) {
			for (const entry of entries) addOne(entry)
		},
		// Positions have no gaps here.
		after(position) {
			const index = position - beginsAfter
			if (index < 0) return undefined
			if (index < older.length) return older.slice(index, index + mostAtOnce)
			return newer.slice(index - older.length, index - older.length + mostAtOnce)
		},
	}
}
