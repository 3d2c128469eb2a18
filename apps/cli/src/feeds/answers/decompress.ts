import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { BadFeedError } from './bad-feed-error.ts'
import { zstdFrames } from './zstd-frames.ts'

type Bytes = AsyncIterable<Uint8Array>

const chunkSize = 64 * 1024
const decoders = {
	gzip: () => createGunzip({ chunkSize }),
	'x-gzip': () => createGunzip({ chunkSize }),
	deflate: () => createInflate({ chunkSize }),
	br: () => createBrotliDecompress({ chunkSize }),
	zstd: () => createZstdDecompress({ chunkSize }),
}
type Encoding = keyof typeof decoders
const mayBePadded = new Set<Encoding>(['gzip', 'x-gzip'])

/** How files begin that are compressed themselves, whatever their source says of them. */
const signatures: { encoding: Encoding; hex: RegExp }[] = [
	{ encoding: 'gzip', hex: /^1f8b/ },
	// A frame, or one of the 16 kinds of frames with other data.
	{ encoding: 'zstd', hex: /^(?:28b52ffd|5.2a4d18)/ },
]
const longestSignature = 4

/**
 * The bytes of a feed without the encodings of its transfer, and without that of a compressed file.
 *
 * @throws BadFeedError for an encoding that was not asked for
 * @throws Error when the compressed bytes are broken, or break off
 */
export function decompress(body: Bytes, contentEncoding = ''): Bytes {
	const encodings = contentEncoding
		.toLowerCase()
		.split(',')
		.map((name) => name.trim())
	const transferred = encodings
		.filter((name) => name !== '' && name !== 'identity')
		.toReversed()
		.reduce((bytes, name) => decode(bytes, known(name)), body)
	return decompressFile(transferred)
}

function known(name: string): Encoding {
	if (Object.hasOwn(decoders, name)) return name as Encoding
	throw new BadFeedError('the source sent a content encoding that it was not asked for')
}

async function* decode(bytes: Bytes, encoding: Encoding): Bytes & AsyncGenerator<Uint8Array> {
	const decoder = decoders[encoding]()
	let given = 0
	async function* counted() {
		for await (const chunk of encoding === 'zstd' ? zstdFrames(bytes) : bytes) {
			given += chunk.length
			yield chunk
		}
	}
	// Its error also ends the reading of the decoder.
	pipeline(counted, decoder, () => {})
	try {
		yield* decoder
		// gzip may be padded with zeros, and refuses other bytes itself.
		if (!mayBePadded.has(encoding) && decoder.bytesWritten < given)
			throw new BadFeedError(`the source sent bytes behind the end of its ${encoding} data`)
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException
		if (code === 'Z_BUF_ERROR') throw new Error(`the feed broke off: its ${encoding} data has no end`, { cause: error })
		throw error
	}
}

async function* decompressFile(bytes: Bytes): AsyncGenerator<Uint8Array> {
	const iterator = bytes[Symbol.asyncIterator]()
	let start: Uint8Array = new Uint8Array()
	while (start.length < longestSignature) {
		const { done, value } = await iterator.next()
		if (done) break
		start = Buffer.concat([start, value])
	}
	const whole = joined(start, iterator)
	const hex = Buffer.from(start.subarray(0, longestSignature)).toString('hex')
	const signature = signatures.find((each) => each.hex.test(hex))
	yield* signature === undefined ? whole : decode(whole, signature.encoding)
}

async function* joined(start: Uint8Array, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
	try {
		if (start.length > 0) yield start
		for (;;) {
			const { done, value } = await rest.next()
			if (done) return
			yield value
		}
	} finally {
		await rest.return?.()
	}
}
