import type { ChangeEntry, EntryIdentity } from '../../changes/log/change-entry.ts'
import { readChanges } from '../../changes/log/product-changes.ts'
import type { ChangeEncoder } from './change-encoder.ts'

/** An entry of the log whose changes are encoded for all streams, once. */
export type WatchedEntry = EntryIdentity & {
	position: number
	/** The entry at the position before. Missing when it is not there. */
	before?: EntryIdentity | undefined
	/** The product of each change. */
	skus: readonly string[]
	/** All changes, one after the other, as fields of a WatchProductsResponse. */
	bytes: Buffer
	/** Where each change ends in `bytes`. */
	ends: readonly number[]
}

export function toWatchedEntry(
	{ position, xid, atUs, before, changes }: ChangeEntry,
	encoder: ChangeEncoder,
): WatchedEntry {
	const skus: string[] = []
	const parts: Buffer[] = []
	const ends: number[] = []
	let end = 0
	const at = new Date(Math.floor(atUs / 1000))
	for (const change of readChanges(changes)) {
		const part = encoder.change(change, at)
		end += part.length
		skus.push(change.sku)
		parts.push(part)
		ends.push(end)
	}
	return { position, xid, atUs, before, skus, bytes: Buffer.concat(parts, end), ends }
}

/** The bytes of one change of the entry. */
export function changeBytes({ bytes, ends }: WatchedEntry, index: number): Buffer {
	return bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])
}

const bytesOfFields = 300
const bytesOfChange = 100

/** About how many bytes of memory the entry takes. */
export function sizeOfEntry({ bytes, skus }: WatchedEntry): number {
	return bytesOfFields + skus.length * bytesOfChange + bytes.length
}
