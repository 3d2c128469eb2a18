import type { RequestListener } from 'node:http'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { SourceFetcherOptions } from '../../../src/feeds/fetching/open-source-fetcher.ts'
import { answer, startSource } from '../start-source.ts'
import { testFeed } from '../test-feed.ts'
import { useFetcher } from './use-fetcher.ts'

const csv = `sku,title,price,currency\n${Array.from({ length: 500 }, (_, n) => `S-${n},Title ${Math.sin(n)},9.99,EUR\n`).join('')}`
const half = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)

/** Sends a part of a body and ends the connection. */
function cutOff(headers: Record<string, string>): RequestListener {
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'text/csv', ...headers })
		response.write(csv.slice(0, 2_000), () => response.destroy())
	}
}

async function fetchFrom(
	listener: RequestListener,
	settings: Parameters<typeof testFeed>[1] = {},
	limits: SourceFetcherOptions = {},
) {
	await using source = await startSource(listener)
	await using fetcher = useFetcher(limits)
	const result = await fetcher.fetch(testFeed(source.origin, settings))
	expect(fetcher.files()).toEqual([])
	return { result, requests: source.requests.length }
}

describe('a body that breaks off is no feed, and is asked for again:', () => {
	test.each<[string, RequestListener, RegExp]>([
		['by its length', cutOff({ 'content-length': String(csv.length) }), /broke off/],
		['in chunks', cutOff({ 'transfer-encoding': 'chunked' }), /broke off/],
		['in gzip data', answer(half(gzipSync(csv)), { 'content-encoding': 'gzip' }), /its gzip data has no end/],
		['in the trailer of gzip', answer(gzipSync(csv).subarray(0, -2), { 'content-encoding': 'gzip' }), /no end/],
		['in brotli data', answer(half(brotliCompressSync(csv)), { 'content-encoding': 'br' }), /its br data has no end/],
		['in zstd data', answer(half(zstdCompressSync(csv)), { 'content-encoding': 'zstd' }), /its zstd data has no end/],
		['in a gzip file', answer(half(gzipSync(csv))), /its gzip data has no end/],
		['in JSON', answer('[{"sku":"A"},{"sku":'), /begins with \[ and does not end with \]/],
		['in XML', answer('<rss><item><id>A</id></item><it'), /does not end with >/],
	])('%s', async (_name, listener, reason) => {
		const { result, requests } = await fetchFrom(listener)
		expect(result).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(reason), attempts: 4 })
		expect(requests).toBe(4)
	})
})

describe('an answer that is no feed fails at once:', () => {
	test.each<[string, RequestListener, RegExp]>([
		['an HTML page', answer('x', { 'content-type': 'text/html; charset=utf-8' }), /HTML page \(text\/html\)/],
		['an HTML page of another type', answer('\n<!DOCTYPE html><p>Sorry'), /an HTML page and no feed/],
		['an image', answer('x', { 'content-type': 'image/png' }), /sent image\/png/],
		['nothing', answer(''), /an empty feed/],
		['white space', answer(' \n'), /an empty feed/],
		['an unknown encoding', answer('x', { 'content-encoding': 'secret' }), /content encoding/],
		['not found', (_request, response) => response.writeHead(404).end(), /HTTP 404/],
		['a part', (_request, response) => response.writeHead(206).end(csv), /HTTP 206/],
		['a redirect without a URL', (_request, response) => response.writeHead(302).end(), /redirect without a URL/],
		[
			'a redirect to a file',
			(_request, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
			/away from HTTP/,
		],
	])('%s', async (_name, listener, reason) => {
		const { result, requests } = await fetchFrom(listener)
		expect(result).toMatchObject({ outcome: 'failed', reason: expect.stringMatching(reason), attempts: 1 })
		expect(requests).toBe(1)
	})
})

test('a source that redirects without an end is asked six times in one attempt', async () => {
	const { result, requests } = await fetchFrom((_request, response) => response.writeHead(302, { location: '/' }).end())
	expect(result).toMatchObject({ outcome: 'failed', reason: 'more than 5 redirects', attempts: 1 })
	expect(requests).toBe(6)
})

test.each([408, 425, 429, 500, 502, 503, 504])('HTTP %s is asked again, four times in all', async (status) => {
	const { result } = await fetchFrom((_request, response) => response.writeHead(status).end())
	expect(result).toMatchObject({ outcome: 'failed', reason: `the source answered HTTP ${status}`, attempts: 4 })
})

test('an attempt that succeeds after failures gives the feed', async () => {
	let requests = 0
	const { result } = await fetchFrom((request, response) => {
		if (++requests < 3) response.writeHead(503, { 'retry-after': '0' }).end()
		else answer('')(request, response)
	})
	expect(result).toMatchObject({ reason: 'the source sent an empty feed', attempts: 3 })
})

test('a source that asks to wait longer than the feed has time is not asked again', async () => {
	const { result, requests } = await fetchFrom((_request, response) =>
		response.writeHead(429, { 'retry-after': '3600' }).end(),
	)
	expect(result).toMatchObject({
		outcome: 'failed',
		reason: expect.stringContaining('asks to wait 3600 s'),
		attempts: 1,
	})
	expect(requests).toBe(1)
})

test('a source is asked again only after the time that it asks for', async () => {
	const times: number[] = []
	const { result } = await fetchFrom((_request, response) => {
		times.push(performance.now())
		if (times.length === 1) response.writeHead(503, { 'retry-after': '1' }).end()
		else response.writeHead(404).end()
	})
	expect(result).toMatchObject({ attempts: 2 })
	expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(1_000)
})

test.each<[string, RequestListener, string]>([
	['never answers', () => {}, 'the source did not answer in time'],
	[
		'falls silent',
		(_request, response) => void response.writeHead(200).write('sku,title\n'),
		'the source fell silent in the middle of the feed',
	],
])('a source that %s fails after the limit of each attempt', async (_name, listener, reason) => {
	const limits = { headersShare: 0.005, silenceShare: 0.005 }
	const { result } = await fetchFrom(listener, { timeoutS: 60 }, limits)
	expect(result).toMatchObject({ outcome: 'failed', reason, attempts: 4 })
})

test('a source that drips is stopped when the time of the feed is over', async () => {
	const { result } = await fetchFrom(
		(_request, response) => {
			response.writeHead(200)
			const drip = setInterval(() => response.write('x'), 50)
			response.on('close', () => clearInterval(drip))
		},
		{ timeoutS: 1 },
	)
	expect(result).toMatchObject({
		outcome: 'failed',
		reason: 'the source did not give the feed within 1 s',
		attempts: 1,
	})
})

test('a feed that is larger than maxBytes fails, also when its compressed form is small', async () => {
	const body = gzipSync('a'.repeat(2_000))
	const { result } = await fetchFrom(answer(body, { 'content-encoding': 'gzip' }), { maxBytes: 1_999 })
	expect(result).toMatchObject({ reason: 'the feed must have at most 1999 bytes (maxBytes)', attempts: 1 })
})

test('a bomb of compressed data ends early', async () => {
	const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
	const { result } = await fetchFrom(answer(bomb, { 'content-encoding': 'gzip' }), { maxBytes: 1e12 })
	expect(result).toMatchObject({ reason: expect.stringContaining('compressed more than 250 times'), attempts: 1 })
	expect((result as { bytes: number }).bytes).toBeLessThan(bomb.length)
})
