import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { answer, startSource } from '../start-source.ts'
import { testFeed } from '../test-feed.ts'
import { useFetcher } from './use-fetcher.ts'

const lines = Array.from({ length: 20_000 }, (_, n) => `S-${n},Title ${(n * 7919) % 10_007},9.99,EUR\n`)
const csv = `sku,title,price,currency\n${lines.join('')}`
const halves = [csv.slice(0, csv.length / 2), csv.slice(csv.length / 2)] as const

const skippable = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4])
const empty = zstdCompressSync('')
const checked = (text: string) => zstdCompressSync(text, { params: { [constants.ZSTD_c_checksumFlag]: 1 } })
const frames = halves.map((half) => checked(half))
const whole = zstdCompressSync(csv)
const padding = Buffer.alloc(512)

type Fetched = { outcome: string; reason?: string; text?: string }

/** The feed over HTTP and as a file. Each time all attempts have the same body. */
async function fetchBoth(body: Buffer, encoding: string): Promise<Fetched[]> {
	await using fetcher = useFetcher()
	// Pieces of a prime length, so that they begin and end anywhere in a frame.
	await using source = await startSource((_request, response) => {
		response.writeHead(200, { 'content-encoding': encoding })
		for (let at = 0; at < body.length; at += 997) response.write(body.subarray(at, at + 997))
		response.end()
	})
	const path = join(fetcher.folder, 'feed')
	writeFileSync(path, body)
	const isFileKind = encoding === 'gzip' || encoding === 'zstd'
	const urls = isFileKind ? [source.origin, pathToFileURL(path).href] : [source.origin]
	const fetched: Fetched[] = []
	for (const url of urls) {
		const result = await fetcher.fetch(testFeed(url, { maxBytes: 1e8 }))
		fetched.push({ ...result, ...('path' in result && { text: readFileSync(result.path, 'utf8') }) })
	}
	return fetched
}

test.each([
	['zstd', 'one frame', whole],
	['zstd', 'two frames', Buffer.concat(frames)],
	['zstd', 'two frames and an empty one', Buffer.concat([frames[0] as Buffer, empty, frames[1] as Buffer, empty])],
	['zstd', 'a leading frame of other data', Buffer.concat([skippable, ...frames])],
	[
		'zstd',
		'frames of other data between and behind',
		Buffer.concat([frames[0] as Buffer, skippable, frames[1] as Buffer, skippable]),
	],
	['gzip', 'two members', Buffer.concat(halves.map((half) => gzipSync(half)))],
	['gzip', 'zeros behind it', Buffer.concat([gzipSync(csv), padding])],
])('a feed in %s with %s is whole', async (encoding, _name, body) => {
	for (const fetched of await fetchBoth(body, encoding)) {
		expect(fetched).toMatchObject({ outcome: 'fetched' })
		expect(fetched.text === csv).toBe(true)
	}
})

test('two frames that come in one piece are whole', async () => {
	await using source = await startSource(answer(Buffer.concat(frames), { 'content-encoding': 'zstd' }))
	await using fetcher = useFetcher()
	const result = await fetcher.fetch(testFeed(source.origin, { maxBytes: 1e8 }))
	expect(readFileSync((result as { path: string }).path, 'utf8') === csv).toBe(true)
})

describe('a compressed feed fails:', () => {
	const text = Buffer.from('<b>Fatal error</b>')
	test.each([
		['zstd', 'other bytes behind it', Buffer.concat([whole, text]), /belong to no frame/],
		['zstd', 'two other bytes behind it', Buffer.concat([whole, text.subarray(0, 2)]), /belong to no frame/],
		['zstd', 'zeros behind it', Buffer.concat([whole, padding]), /belong to no frame/],
		['zstd', 'a second frame that is cut', Buffer.concat(frames).subarray(0, -50), /its zstd data has no end/],
		['zstd', 'a checksum that is cut', (frames[0] as Buffer).subarray(0, -2), /its zstd data has no end/],
		['zstd', 'frames of other data alone', skippable, /its zstd data has no end/],
		['zstd', 'a frame of other data that is cut', skippable.subarray(0, -1), /its zstd data has no end/],
		['gzip', 'other bytes behind it', Buffer.concat([gzipSync(csv), text]), /./],
		[
			'gzip',
			'a second member that is cut',
			Buffer.concat(halves.map((half) => gzipSync(half))).subarray(0, -50),
			/its gzip data has no end/,
		],
		['br', 'other bytes behind it', Buffer.concat([brotliCompressSync(csv), text]), /behind the end of its br data/],
		['deflate', 'other bytes behind it', Buffer.concat([deflateSync(csv), text]), /behind the end of its deflate data/],
	])('%s with %s', async (encoding, _name, body, reason) => {
		for (const fetched of await fetchBoth(body, encoding))
			expect(fetched).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(reason) })
	})
})
