import type { EncodedPart } from '../encoding/encoded-part.ts'
import type { WatchedEntry } from '../encoding/watched-entry.ts'
import type { Place } from '../places/place.ts'
import type { WatchFilter } from '../places/watch-filter.ts'
import { addChanges, createMessage } from './message.ts'
import type { ResponseRests } from './response-rests.ts'

/** A stream that gets what its group gets. */
export type LiveMember = {
	/** @param before where the stream is without this response */
	tell(response: Buffer, before: Place): void
}

/** The streams with one filter that have reached the end of the log. Each response is put together once for all of them. */
export type LiveGroup = {
	readonly members: Set<LiveMember>
	/** Tells the entries behind a place, up to the place where they end. */
	tellEntries(entries: readonly WatchedEntry[], from: Place, to: Place): void
	tellQuantities(quantities: readonly EncodedPart[], before: Place, after: Place): void
	/** Tells the place alone when nothing else was told for a while. */
	check(place: Place): void
}

/** After so much time without a change, a stream is told its place. */
export const bookmarkMs = 5_000

export function createLiveGroup(filter: WatchFilter, rests: ResponseRests): LiveGroup {
	const members = new Set<LiveMember>()
	const fits = { all: filter.skus === undefined, one: (_entry: WatchedEntry, sku: string) => filter.has(sku) }
	let toldAt = performance.now()

	function tell(response: Buffer, before: Place): void {
		toldAt = performance.now()
		for (const member of [...members]) member.tell(response, before)
	}

	return {
		members,
		tellEntries(entries, from, to) {
			let place = from
			while (place.position < to.position) {
				const message = createMessage()
				const rest = entries.slice(place.position - from.position)
				const before = place
				place = { ...place, ...addChanges(message, place, rest, fits) }
				if (!message.isEmpty()) tell(message.close(rests.at(filter, place)), before)
			}
		},
		tellQuantities(quantities, before, after) {
			if (filter.productsOnly) return
			let message = createMessage()
			for (const { sku, bytes } of quantities) {
				if (!filter.has(sku)) continue
				if (!message.hasRoomFor(bytes.length)) {
					tell(message.close(rests.at(filter, before)), before)
					message = createMessage()
				}
				message.add(bytes)
			}
			if (!message.isEmpty()) tell(message.close(rests.at(filter, after)), before)
		},
		check(place) {
			if (performance.now() - toldAt >= bookmarkMs) tell(createMessage().close(rests.at(filter, place)), place)
		},
	}
}
