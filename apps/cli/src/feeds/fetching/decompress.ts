import { pipeline } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib'
import { BadFeedError } from './bad-feed-error.ts'

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

/** How files begin that are compressed themselves, whatever their source says of them. */
const signatures: { encoding: Encoding; bytes: number[] }[] = [
	{ encoding: 'gzip', bytes: [0x1f, 0x8b] },
	{ encoding: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
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
	// Its error also ends the reading of the decoder.
	pipeline(bytes, decoder, () => {})
	try {
		yield* decoder
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
	const signature = signatures.find(({ bytes }) => bytes.every((byte, index) => start[index] === byte))
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
