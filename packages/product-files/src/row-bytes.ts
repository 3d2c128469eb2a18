import { longestRowBytes } from './file-row.ts'

/** Collects the bytes of one row from the chunks it is spread over; of one that is too long, no more than shows it. */
export function createRowBytes() {
	let parts: Buffer[] = []
	let length = 0
	return {
		add(part: Buffer): void {
			if (length <= longestRowBytes) parts.push(part)
			length += part.length
		},
		/** What was collected, and the beginning of the next row. */
		take(): Buffer {
			const row = Buffer.concat(parts)
			parts = []
			length = 0
			return row
		},
	}
}
