import type { TextDecoder } from 'node:util'
import { damage } from '../records/file-record.ts'

const replacement = '\uFFFD'

/** The bytes of U+FFFD itself, in the encodings that files can have it in. Nothing else contains them at such a place. */
const replacementBytes: { [encoding: string]: Buffer | undefined } = {
	'utf-8': Buffer.from(replacement),
	'utf-16le': Buffer.from(replacement, 'utf16le'),
	'utf-16be': Buffer.from(replacement, 'utf16le').swap16(),
}

export type MarkingDecoder = {
	decode(bytes: Uint8Array): string
	end(): string
}

/**
 * Decodes with a {@link damage} in the place of bytes that the encoding does not have. The decoder alone puts U+FFFD there,
 * which may also be a character of the file: an upstream system may have lost a character, and stored this one.
 */
export function markDamage(decoder: TextDecoder): MarkingDecoder {
	const sought = replacementBytes[decoder.encoding]
	const unitBytes = decoder.encoding.startsWith('utf-16') ? 2 : 1
	/** The beginning of a unit or of the sought bytes, whose rest is in the next chunk. */
	let waiting: Uint8Array = new Uint8Array()

	const marked = (bytes: Uint8Array, options: { stream: boolean }) =>
		decoder.decode(bytes, options).replaceAll(replacement, damage)

	function decode(chunk: Uint8Array): string {
		if (sought === undefined) return marked(chunk, { stream: true })
		let bytes = Buffer.concat([waiting, chunk])
		const kept = unitBytes === 2 ? bytes.length % 2 : beginningAtEnd(bytes, sought)
		waiting = bytes.subarray(bytes.length - kept)
		bytes = bytes.subarray(0, bytes.length - kept)
		let text = ''
		let start = 0
		for (let at = bytes.indexOf(sought); at !== -1; at = bytes.indexOf(sought, at)) {
			if (at % unitBytes !== 0) {
				at++
				continue
			}
			text += marked(bytes.subarray(start, at + sought.length), { stream: true }).slice(0, -damage.length) + replacement
			at += sought.length
			start = at
		}
		return text + marked(bytes.subarray(start), { stream: true })
	}

	return { decode, end: () => marked(waiting, { stream: false }) }
}

/** How many bytes at the end may be the beginning of the sought ones. */
function beginningAtEnd(bytes: Buffer, sought: Buffer): number {
	for (let length = sought.length - 1; length > 0; length--) {
		if (bytes.subarray(-length).equals(sought.subarray(0, length))) return length
	}
	return 0
}
