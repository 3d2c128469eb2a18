import type { EntryIdentity } from '../../changes/log/change-entry.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'
import type { StatePlace } from './state-place.ts'

/** How far the log of changes is told. */
export type LogPlace = {
	/** All entries up to this position are told. */
	position: number
	/** The identity of the entry at `position`. Missing at the beginning of the log. */
	identity?: EntryIdentity | undefined
	/** How many changes of the next entry are told. */
	told: number
	/** The identity of the next entry. Missing unless some of its changes are told. */
	partOf?: EntryIdentity | undefined
}

/** How far all is told to one stream. */
export type Place = LogPlace & {
	/** Changes of quantities are told until then: milliseconds since 1970 by the clock of the database. */
	stockAt: number
	/** Missing unless a part of the initial state is left. */
	state?: StatePlace | undefined
	/** All quantities are read anew, and are told up to this sku. Missing when they need not be. */
	quantitiesTo?: string | undefined
}

/** The place behind an entry. */
export function placeAfter({ position, xid, atUs }: WatchedEntry): LogPlace {
	return { position, identity: { xid, atUs }, told: 0, partOf: undefined }
}

export function isSameEntry(one: EntryIdentity | undefined, another: EntryIdentity | undefined): boolean {
	return one?.xid === another?.xid && one?.atUs === another?.atUs
}

/**
 * Whether the log goes on behind the place with these entries. It does not when entries between are deleted, or when the database
 * was put back and other entries have got their positions.
 */
export function continuesWith(place: LogPlace, entries: readonly WatchedEntry[]): boolean {
	const [first] = entries
	if (first === undefined || first.position !== place.position + 1) return false
	if (place.told > 0 && !isSameEntry(place.partOf, first)) return false
	let before = place.identity
	for (const entry of entries) {
		if (entry.before !== undefined && before !== undefined && !isSameEntry(entry.before, before)) return false
		before = entry
	}
	return true
}
