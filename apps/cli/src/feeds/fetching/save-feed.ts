import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { BadFeedError } from '../answers/bad-feed-error.ts'
import { decompress } from '../answers/decompress.ts'
import { type DocumentEnds, documentFault, newDocumentEnds, noteChunk } from '../answers/document-fault.ts'

export type SaveFeedOptions = {
	/** The value of the header. */
	contentEncoding?: string | undefined
	/** The most bytes of the decompressed feed. */
	maxBytes: number
	/** Is told the bytes of the body as they come, also of one that breaks off. */
	onRead?: (bytes: number) => void
	signal: AbortSignal
}

// A feed is text, which no compression makes so small. A bomb is found long before it has filled the disk.
const largestRatio = 250
const ratioFromBytes = 16 * 1024 * 1024

/**
 * Saves a feed in a file, decompressed.
 *
 * @returns the bytes of the body as it came
 * @throws BadFeedError when it is no feed, or too large
 * @throws Error when the body breaks off
 */
export async function saveFeed(
	body: AsyncIterable<Uint8Array>,
	path: string,
	{ contentEncoding, maxBytes, onRead = () => {}, signal }: SaveFeedOptions,
): Promise<{ bytes: number }> {
	let bytes = 0
	let savedBytes = 0
	const ends = newDocumentEnds()

	async function* counted() {
		for await (const chunk of body) {
			bytes += chunk.length
			onRead(bytes)
			yield chunk
		}
	}

	async function* bounded(chunks: AsyncIterable<Uint8Array>) {
		for await (const chunk of chunks) {
			savedBytes += chunk.length
			if (savedBytes > maxBytes) throw new BadFeedError(`the feed must have at most ${maxBytes} bytes (maxBytes)`)
			if (savedBytes > ratioFromBytes && savedBytes > largestRatio * bytes)
				throw new BadFeedError(`the feed is compressed more than ${largestRatio} times, as no text is`)
			noteChunk(ends, chunk)
			yield chunk
		}
	}

	// It is there before the body can break off. Otherwise it could be made after its removal.
	const file = await open(path, 'w')
	await pipeline(bounded(decompress(counted(), contentEncoding)), file.createWriteStream(), { signal })
	checkDocument(ends)
	return { bytes }
}

function checkDocument(ends: DocumentEnds): void {
	const fault = documentFault(ends)
	if (fault === undefined) return
	// A body that was cut off may come whole the next time.
	if (fault.mayPass) throw new Error(fault.text)
	throw new BadFeedError(fault.text)
}
