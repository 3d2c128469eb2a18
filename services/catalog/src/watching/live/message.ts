import { changeBytes, type WatchedEntry } from '../encoding/watched-entry.ts'
import type { LogPlace } from '../places/place.ts'
import { placeAfter } from '../places/place.ts'

/** A response that is put together from encoded changes. */
export type Message = {
	isEmpty(): boolean
	hasRoomFor(bytes: number): boolean
	add(bytes: Buffer): void
	/** The whole response. `rest` is what it has beside its changes. */
	close(rest: Buffer): Buffer
}

// Well below what clients take. A product of the largest size has a message for itself.
const mostBytes = 256 * 1024

export function createMessage(): Message {
	const parts: Buffer[] = []
	let length = 0
	return {
		isEmpty: () => length === 0,
		hasRoomFor: (bytes) => length === 0 || length + bytes <= mostBytes,
		add(bytes) {
			parts.push(bytes)
			length += bytes.length
		},
		close: (rest) => Buffer.concat([...parts, rest]),
	}
}

export type Fits = {
	/** Whether every change fits. */
	all: boolean
	one(entry: WatchedEntry, sku: string): boolean
}

// About a millisecond.
const mostLooks = 20_000

/**
 * Adds the changes behind a place that fit. Ends when the message is full, and after many changes that do not fit.
 *
 * @param entries go on behind the place
 * @returns the place behind the last change that was looked at
 */
export function addChanges(message: Message, place: LogPlace, entries: Iterable<WatchedEntry>, fits: Fits): LogPlace {
	let reached = place
	let looks = 0
	for (const entry of entries) {
		if (looks >= mostLooks) return reached
		if (fits.all && reached.told === 0 && message.hasRoomFor(entry.bytes.length)) {
			message.add(entry.bytes)
		} else {
			for (let index = reached.told; index < entry.skus.length; index++) {
				if (!fits.one(entry, entry.skus[index] as string)) continue
				const bytes = changeBytes(entry, index)
				if (!message.hasRoomFor(bytes.length)) return stopAt(reached, entry, index)
				message.add(bytes)
			}
		}
		looks += entry.skus.length
		reached = placeAfter(entry)
	}
	return reached
}

function stopAt(before: LogPlace, { xid, atUs }: WatchedEntry, told: number): LogPlace {
	return { ...before, told, partOf: told === 0 ? undefined : { xid, atUs } }
}
