import { afterAll, beforeAll, expect, test } from 'vitest'
import { usableValidators } from '../../src/feeds/fetching/usable-validators.ts'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedOf, syncOnce } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

const lastModified = 'Sun, 29 Nov 2026 06:00:00 GMT'

test.each([
	['too long', `"${'x'.repeat(1_500)}"`],
	['has a tab', '"a\tb"'],
	['has a control character of Latin-1', '"a\u0085b"'],
])('an ETag that %s fails no run, and the next request goes without it', async (name, etag) => {
	await using source = await startSource(answer(feedOf('TAG', 2), { etag, 'last-modified': lastModified }))
	const feed = testFeed(source.origin, { name: `tag-${name.replaceAll(' ', '-')}` })
	const first = await syncOnce(catalog, [{ ...feed, file: { skuPrefix: `${feed.name.slice(0, 12)}-` } }])
	expect(first.feeds).toMatchObject([{ outcome: 'synced', reason: '' }])
	await syncOnce(catalog, [{ ...feed, file: { skuPrefix: `${feed.name.slice(0, 12)}-` } }])
	expect(source.requests[1]?.headers).not.toHaveProperty('if-none-match')
	expect(source.requests[1]?.headers['if-modified-since']).toBe(lastModified)
})

test('other validators are kept as they were sent, also weak ones and those of Latin-1', () => {
	for (const etag of ['', 'W/"a"', '"caf\u00e9"', `"${'x'.repeat(998)}"`])
		expect(usableValidators({ etag, lastModified })).toEqual({ etag, lastModified })
	expect(usableValidators({ etag: '"a"', lastModified: 'x\n' })).toEqual({ etag: '"a"', lastModified: '' })
})
