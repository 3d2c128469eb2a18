/** The beginning and the end of a document, by which much of what is no whole feed is known without reading it. */
export type DocumentEnds = { start: Buffer; end: Buffer }

const noted = 1_024

export function newDocumentEnds(): DocumentEnds {
	return { start: Buffer.alloc(0), end: Buffer.alloc(0) }
}

export function noteChunk(ends: DocumentEnds, chunk: Uint8Array): void {
	if (ends.start.length < noted) ends.start = Buffer.concat([ends.start, chunk.subarray(0, noted - ends.start.length)])
	ends.end =
		chunk.length >= noted ? Buffer.from(chunk.subarray(-noted)) : Buffer.concat([ends.end, chunk]).subarray(-noted)
}

/** Why a document is no whole feed; `mayPass` when it seems to be cut off. The parser looks at the rest. */
export function documentFault({ start, end }: DocumentEnds): { text: string; mayPass: boolean } | undefined {
	const [first, last] = [plainText(start).trimStart(), plainText(end).trimEnd()]
	if (first === '') return { text: 'the source sent an empty feed', mayPass: false }
	if (/^(?:<!doctype html|<html|<head|<body)\b/i.test(first))
		return { text: 'the source sent an HTML page and no feed', mayPass: false }
	const closing = closings[first.charAt(0)]
	if (closing === undefined || last.endsWith(closing)) return undefined
	return {
		text: `the feed broke off: it begins with ${first.charAt(0)} and does not end with ${closing}`,
		mayPass: true,
	}
}

/** How a document must end by its first character: JSON, NDJSON and XML. */
const closings: Record<string, string> = { '[': ']', '{': '}', '<': '>' }

// UTF-16 has a NUL beside each of these characters, and a byte order mark of two bytes that are no text.
function plainText(bytes: Buffer): string {
	return bytes
		.toString('latin1')
		.replaceAll('\0', '')
		.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
}
