import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { answer, startSource } from '../start-source.ts'
import { testFeed } from '../test-feed.ts'
import { useFetcher } from './use-fetcher.ts'

const csv = `sku,title,price,currency\n${Array.from({ length: 500 }, (_, n) => `S-${n},Title ${n},9.99,EUR\n`).join('')}`

function saved(result: { outcome: string; path?: string }): string {
	return result.path === undefined ? result.outcome : readFileSync(result.path, 'utf8')
}

test.each([
	['gzip', gzipSync],
	['br', brotliCompressSync],
	['zstd', zstdCompressSync],
])(
	'a feed with the content encoding %s is saved as it is, and its bytes are those that came',
	async (encoding, compress) => {
		const body = compress(csv)
		await using source = await startSource(answer(body, { 'content-encoding': encoding, etag: '"7"' }))
		await using fetcher = useFetcher()
		const result = await fetcher.fetch(testFeed(source.origin))
		expect(result).toMatchObject({
			outcome: 'fetched',
			bytes: body.length,
			attempts: 1,
			validators: { etag: '"7"', lastModified: '' },
		})
		expect(saved(result)).toBe(csv)
		expect(source.requests[0]?.headers['accept-encoding']).toBe('zstd, br, gzip')
	},
)

test.each([
	['gzip', gzipSync],
	['zstd', zstdCompressSync],
])('a file that is compressed with %s itself is decompressed', async (_name, compress) => {
	await using source = await startSource(answer(compress(csv), { 'content-type': 'application/octet-stream' }))
	await using fetcher = useFetcher()
	expect(saved(await fetcher.fetch(testFeed(`${source.origin}/feed.csv.gz`)))).toBe(csv)
})

test('the next request names the validators, and an answer of 304 is unchanged', async () => {
	const validators = { etag: '"7"', lastModified: 'Sun, 29 Nov 2026 10:00:00 GMT' }
	await using source = await startSource((_request, response) => response.writeHead(304).end())
	await using fetcher = useFetcher()
	expect(await fetcher.fetch(testFeed(source.origin), validators)).toEqual({ outcome: 'unchanged', attempts: 1 })
	expect(source.requests[0]?.headers).toMatchObject({
		'if-none-match': validators.etag,
		'if-modified-since': validators.lastModified,
	})
})

test('a request without validators is not conditional, and 304 is no answer to it', async () => {
	await using source = await startSource((_request, response) => response.writeHead(304).end())
	await using fetcher = useFetcher()
	expect(await fetcher.fetch(testFeed(source.origin))).toMatchObject({ outcome: 'failed', attempts: 1 })
	expect(source.requests[0]?.headers).not.toHaveProperty('if-none-match')
})

test('credentials go to the source, and not to another one that it redirects to', async () => {
	await using other = await startSource(answer(csv))
	await using source = await startSource((request, response) => {
		if (request.url === '/feed') response.writeHead(302, { location: '/moved' }).end()
		else response.writeHead(307, { location: `${other.origin}/feed` }).end()
	})
	await using fetcher = useFetcher()
	const feed = testFeed(`${source.origin}/feed`, { headers: { authorization: 'Bearer of-acme' } })
	expect(saved(await fetcher.fetch(feed))).toBe(csv)
	expect(source.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
		['/feed', 'Bearer of-acme'],
		['/moved', 'Bearer of-acme'],
	])
	expect(other.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([['/feed', undefined]])
})

test('a file is fetched as a URL is, and is unchanged while its size and its time are the same', async () => {
	await using fetcher = useFetcher()
	const path = join(fetcher.folder, 'acme.csv.gz')
	writeFileSync(path, gzipSync(csv))
	const feed = testFeed(pathToFileURL(path).href)
	const result = await fetcher.fetch(feed)
	expect(saved(result)).toBe(csv)
	const { validators } = result as Extract<typeof result, { outcome: 'fetched' }>
	expect(await fetcher.fetch(feed, validators)).toEqual({ outcome: 'unchanged', attempts: 1 })
	writeFileSync(path, gzipSync(`${csv}S-500,New,1,EUR\n`))
	expect(await fetcher.fetch(feed, validators)).toMatchObject({ outcome: 'fetched' })
})
