import type { RequestListener } from 'node:http'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedsToken, syncOnce } from './use-feeds.ts'

const secret = 'TopSecret'
const headers = { authorization: `Bearer ${secret}Token` }

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

async function lastReason(feed: string): Promise<string | undefined> {
	const options = { timeoutMs: 60_000, token: feedsToken() }
	const { runs } = await callUnary(catalog.clients.catalog, catalogRpcs.ListFeedRuns, { feed, pageSize: 1 }, options)
	return runs[0]?.reason
}

const echoes: [string, RequestListener, string][] = [
	[
		'a name of a column',
		(request, response) => answer(`sku,${request.headers.authorization}\n1,2\n`)(request, response),
		'failed',
	],
	[
		'a price of every row',
		(request, response) =>
			answer(`sku,title,price,currency\n1,One,${request.headers.authorization},EUR\n`)(request, response),
		'stopped',
	],
	[
		'a sku and a price of one row',
		(request, response) => {
			const { authorization } = request.headers
			const row = `"${authorization}",One,"${authorization}",EUR`
			answer(`sku,title,price,currency\n${row}\nECHO-2,Two,1.00,EUR\n`)(request, response)
		},
		'held',
	],
	[
		'a host that it redirects to',
		(request, response) => {
			const host = request.headers.authorization?.split(' ')[1]
			response.writeHead(302, { location: `http://${host}.invalid/` }).end()
		},
		'failed',
	],
	[
		'an address that cannot be one',
		(request, response) =>
			response.writeHead(302, { location: `http://:1/?${request.url} ${request.headers.authorization}` }).end(),
		'failed',
	],
	[
		'its query as a column',
		(request, response) => answer(`sku,${request.url?.split('=')[1]}\n1,2\n`)(request, response),
		'failed',
	],
]

test.each(echoes)('a credential that the source repeats as %s is in no report, log or catalog', async (...echo) => {
	const [name, listener, outcome] = echo
	await using source = await startSource(listener)
	const feed = testFeed(`${source.origin}/feed.csv?key=${secret}%2FQuery`, {
		name: `echo-${echoes.findIndex(([other]) => other === name)}`,
		headers,
		timeoutS: 2,
	})
	const told: unknown[] = []
	const report = await syncOnce(catalog, [feed], { onResult: (result) => void told.push(result) })
	expect(report.feeds).toMatchObject([{ outcome, reason: expect.any(String) }])
	const reason = await lastReason(feed.name)
	expect(reason).toBe(report.feeds[0]?.reason)
	expect(JSON.stringify([report, told, reason]).toLowerCase()).not.toContain(secret.toLowerCase())
})

test('a reason with characters that steer a terminal is stored and shown with escapes', async () => {
	await using source = await startSource(answer('sku,co\u001b[2J\u0085\u202elumn\n1,2\n'))
	const report = await syncOnce(catalog, [testFeed(source.origin, { name: 'steer' })])
	expect(report.feeds[0]).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('\\u202e') })
	expect(report.feeds[0]?.reason).toContain('[2J')
	expect(report.feeds[0]?.reason).not.toMatch(/[\p{Cc}\u202e]/u)
	expect(await lastReason('steer')).toBe(report.feeds[0]?.reason)
})

test('a reason that is too long for the catalog is stored cut', async () => {
	await using source = await startSource(answer(`sku,${'😀'.repeat(1_000)}\u0001\n1,2\n`))
	const report = await syncOnce(catalog, [testFeed(source.origin, { name: 'long' })])
	expect(report.feeds[0]?.reason).not.toContain('not stored')
	expect((await lastReason('long'))?.length).toBe(500)
})
