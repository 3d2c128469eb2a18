import { BadFeedError } from './bad-feed-error.ts'

const frameMagic = 0xfd2fb528
/** Of 16 numbers that begin a frame of other data. */
const skippableMagic = 0x184d2a50
const blockHeaderBytes = 3
const checksumBytes = 4

/**
 * Zstandard data as its frames, without those of other data (RFC 8878, section 3). No chunk has parts of two frames, because
 * Node stops to decompress at the end of a frame within a chunk.
 *
 * @throws BadFeedError for bytes that belong to no frame
 * @throws Error when the data breaks off
 */
export async function* zstdFrames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
	const iterator = chunks[Symbol.asyncIterator]()
	let buffer: Uint8Array = new Uint8Array()

	/** Whether so many bytes are in the buffer, or as many as there are. */
	async function fill(bytes: number): Promise<boolean> {
		while (buffer.length < bytes) {
			const { done, value } = await iterator.next()
			if (done) return false
			buffer = buffer.length === 0 ? value : Buffer.concat([buffer, value])
		}
		return true
	}

	async function* pass(bytes: number): AsyncGenerator<Uint8Array> {
		for (let left = bytes; left > 0; ) {
			if (buffer.length === 0 && !(await fill(1))) throw cutOff()
			const part = buffer.subarray(0, left)
			buffer = buffer.subarray(part.length)
			left -= part.length
			yield part
		}
	}

	async function need(bytes: number): Promise<DataView> {
		if (!(await fill(bytes))) throw cutOff()
		return new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
	}

	try {
		let frames = 0
		while (await fill(1)) {
			const magic = (await fill(4)) ? (await need(4)).getUint32(0, true) : 0
			if (magic >>> 4 === skippableMagic >>> 4) {
				const otherBytes = (await need(8)).getUint32(4, true)
				for await (const _ of pass(8 + otherBytes));
			} else if (magic === frameMagic) {
				const { bytes, hasChecksum } = frameHeader((await need(5)).getUint8(4))
				yield* pass(bytes)
				let isLast = false
				while (!isLast) {
					const view = await need(blockHeaderBytes)
					const block = view.getUint16(0, true) | (view.getUint8(2) << 16)
					isLast = (block & 1) === 1
					const isOneByte = ((block >> 1) & 3) === 1
					yield* pass(blockHeaderBytes + (isOneByte ? 1 : block >> 3))
				}
				if (hasChecksum) yield* pass(checksumBytes)
			} else if (frames === 0) {
				throw new BadFeedError('the source sent no zstd data, although it says so')
			} else throw new BadFeedError('the source sent bytes behind its zstd data that belong to no frame')
			frames++
		}
	} finally {
		await iterator.return?.()
	}
}

/** The length of a frame's header with its magic number, by the byte that describes it. */
function frameHeader(descriptor: number): { bytes: number; hasChecksum: boolean } {
	const isSingleSegment = (descriptor & 0x20) !== 0
	const windowBytes = isSingleSegment ? 0 : 1
	const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number
	const sizeFlag = descriptor >> 6
	const sizeBytes = sizeFlag === 0 ? (isSingleSegment ? 1 : 0) : 2 ** sizeFlag
	return { bytes: 5 + windowBytes + dictionaryBytes + sizeBytes, hasChecksum: (descriptor & 4) !== 0 }
}

function cutOff(): Error {
	return new Error('the feed broke off: its zstd data has no end')
}
