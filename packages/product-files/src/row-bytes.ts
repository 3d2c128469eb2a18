import { longestRowBytes } from './file-row.ts'

/** Collects the bytes of one row from several chunks. It stops collecting when the row is longer than the limit. */
export function createRowBytes() {
	let parts: Buffer[] = []
	let length = 0
	return {
		add(part: Buffer): void {
			if (length <= longestRowBytes) parts.push(part)
			length += part.length
		},
		/** Returns the collected bytes and starts the next row. */
		take(): Buffer {
			const row = Buffer.concat(parts)
			parts = []
			length = 0
			return row
		},
	}
}
