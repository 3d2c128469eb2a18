import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { answer, startSource } from './start-source.ts'
import { testFeed } from './test-feed.ts'
import { feedOf, syncOnce } from './use-feeds.ts'

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

test('a run tells whether its source has failed, or the catalog', async () => {
	await using good = await startSource(answer(feedOf('FAULT', 2)))
	await using missing = await startSource((_request, response) => response.writeHead(404).end())
	await using other = await startSource(answer('one,two\n1,2\n'))
	const faults = new Map<string, boolean>()
	const note = {
		onResult: ({ name }: { name: string }, { isSourceFault }: { isSourceFault: boolean }) =>
			void faults.set(name, isSourceFault),
	}
	const feeds = [
		testFeed(good.origin, { name: 'good' }),
		testFeed(missing.origin, { name: 'missing' }),
		testFeed(other.origin, { name: 'other' }),
	]
	await syncOnce(catalog, feeds, note)
	expect(Object.fromEntries(faults)).toEqual({ good: false, missing: true, other: true })
	const report = await syncOnce({ port: 1 }, [testFeed(good.origin, { name: 'outage' })], note)
	expect(report.feeds).toMatchObject([{ outcome: 'failed', reason: expect.stringContaining('does not answer') }])
	expect(faults.get('outage')).toBe(false)
})
