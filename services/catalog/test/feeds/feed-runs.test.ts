import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { feedCalls } from '../feed-calls.ts'
import { metric } from '../metric.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, tokenFor } from '../start-catalog.ts'

describe.each(engines)('On %s', (engine) => {
	const catalog = sharedCatalog(engine)
	const connect = () => feedCalls(catalog)

	test('the runs of a feed are numbered from 1, and the next one begins when the one before has ended', async () => {
		const { begin, finish } = connect()
		const first = await begin('numbered')
		expect(first).toEqual({
			runNumber: 1,
			leaseDuration: { seconds: 5, nanos: 0 },
			validators: null,
			heldPriceCount: 0,
		})
		await finish({ feed: 'numbered', runNumber: 1 })
		expect(await begin('numbered')).toMatchObject({ runNumber: 2 })
	})

	test('a feed has one run at a time', async () => {
		const { begin } = connect()
		await begin('single')
		const error = await errorOf(begin('single'))
		expect(error).toMatchObject({ code: 10, reason: 'FEED_RUN_ACTIVE', metadata: { feed: 'single', runNumber: '1' } })
		expect(Number(error.metadata?.leaseEndsInMs)).toBeGreaterThan(0)
		expect(Number(error.metadata?.leaseEndsInMs)).toBeLessThanOrEqual(5_000)
	})

	test('of many that begin a feed at once, one has the run', async () => {
		const { begin } = connect()
		const begun = await Promise.allSettled(Array.from({ length: 8 }, () => begin('crowded')))
		expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
	})

	const validators = { etag: '"7"', lastModified: 'Sun, 29 Nov 2026 10:00:00 GMT', settingsDigest: 'abc' }

	test('the next run learns what the source said of itself when the feed was last applied whole', async () => {
		const { beginRun, begin, finish, importPrices } = connect()
		const feed = 'validated'
		const first = await beginRun(feed)
		await importPrices(feed, { VALID: 1_000 }, first)
		await finish({ feed, runNumber: first, validators })
		const second = await beginRun(feed)
		await importPrices(feed, { VALID: 1_000 }, second)
		await finish({ feed, runNumber: second, outcome: 'FEED_RUN_OUTCOME_FAILED' })
		expect(await begin(feed)).toMatchObject({ runNumber: 3, validators })
	})

	type Calls = ReturnType<typeof connect>
	test.each<[string, (calls: Calls, feed: string, sku: string) => Promise<unknown>]>([
		[
			'a run that changes a price',
			async (calls, feed, sku) => calls.importPrices(feed, { [sku]: 900 }, await calls.beginRun(feed)),
		],
		[
			'a run that holds a price',
			async (calls, feed, sku) => calls.importPrices(feed, { [sku]: 1 }, await calls.beginRun(feed)),
		],
		[
			'a run that adds a product',
			async (calls, feed, sku) => calls.importPrices(feed, { [`${sku}-2`]: 1 }, await calls.beginRun(feed)),
		],
		[
			'a run that archives a product',
			async (calls, feed, sku) => calls.retire(feed, await calls.beginRun(feed), [sku], 'RETIRE_ACTION_ARCHIVE'),
		],
		['an import of its source that is no run', async (calls, feed, sku) => calls.importPrices(feed, { [sku]: 900 })],
	])('the next run gets all of the feed after %s and does not come to its end', async (name, write) => {
		const calls = connect()
		const feed = name.replaceAll(' ', '-')
		const sku = `ALL-${name.length}`
		const first = await calls.beginRun(feed)
		await calls.importPrices(feed, { [sku]: 1_000 }, first)
		await calls.finish({ feed, runNumber: first, validators })
		await write(calls, feed, sku)
		const { feeds } = await calls.feeds({ pageSize: 100 })
		const run = feeds.find((one) => one.name === feed)?.lastRun
		const end = { feed, runNumber: run?.number ?? 0, outcome: 'FEED_RUN_OUTCOME_FAILED' } as const
		if (run?.endTime === null) await calls.finish(end)
		expect(await calls.begin(feed)).toMatchObject({ validators: null })
	})

	test('a run learns at its beginning how many prices of its source are held', async () => {
		const { begin, beginRun, finish, importPrices, heldPrice, resolve } = connect()
		const feed = 'holding'
		const run = await beginRun(feed)
		await importPrices(feed, { 'HOLDING-1': 1_000, 'HOLDING-2': 1_000 }, run)
		await importPrices(feed, { 'HOLDING-1': 1, 'HOLDING-2': 1 }, run)
		await finish({ feed, runNumber: run })
		await resolve((await heldPrice('HOLDING-2')).id, 1, 'HOLD_RESOLUTION_REJECT')
		expect(await begin(feed)).toMatchObject({ heldPriceCount: 1 })
	})

	test('a run that has ended takes nothing more', async () => {
		const { beginRun, finish, renew, retire, importPrices, price } = connect()
		const feed = 'ended'
		const run = await beginRun(feed)
		await importPrices(feed, { LATE: 1_000 }, run)
		await finish({ feed, runNumber: run })
		const ended = { code: 10, reason: 'FEED_RUN_ENDED', metadata: { feed } }
		expect(await errorOf(renew(feed, run))).toMatchObject(ended)
		expect(await errorOf(retire(feed, run, ['LATE'], 'RETIRE_ACTION_ARCHIVE'))).toMatchObject(ended)
		expect(await errorOf(importPrices(feed, { LATE: 900 }, run))).toMatchObject(ended)
		expect(await price('LATE')).toBe(1_000)
	})

	test('the same end again changes nothing, and another end is refused', async () => {
		const { beginRun, finish, runs } = connect()
		const feed = 'twice'
		const end = { feed, runNumber: await beginRun(feed), counts: { rows: 3, created: 3 } }
		await finish(end)
		const { runs: listed } = await runs({ feed })
		await finish(end)
		expect((await runs({ feed })).runs).toEqual(listed)
		expect(await errorOf(finish({ ...end, outcome: 'FEED_RUN_OUTCOME_FAILED' }))).toMatchObject({
			reason: 'FEED_RUN_ENDED',
		})
	})

	test('runs come in pages, the newest first, with their counts', async () => {
		const { beginRun, finish, runs } = connect()
		const feed = 'long'
		for (const rows of [1, 2, 3]) await finish({ feed, runNumber: await beginRun(feed), counts: { rows } })
		await beginRun(feed)
		const first = await runs({ feed, pageSize: 2 })
		expect(first.runs).toMatchObject([
			{
				number: 4,
				endTime: null,
				outcome: 'FEED_RUN_OUTCOME_UNSPECIFIED',
				leaseEndTime: { nanos: expect.any(Number) },
			},
			{ number: 3, outcome: 'FEED_RUN_OUTCOME_SYNCED', counts: { rows: 3, held: 0 }, leaseEndTime: null },
		])
		const rest = await runs({ feed, pageSize: 2, pageToken: first.nextPageToken })
		expect(rest.runs.map(({ number }) => number)).toEqual([2, 1])
		expect(rest.nextPageToken).toBe('')
	})

	test('feeds are listed by name with their last run, their last sync and their held prices', async () => {
		const { beginRun, finish, importPrices, feeds } = connect()
		const feed = 'zz-listed'
		const run = await beginRun(feed)
		await importPrices(feed, { LISTED: 1_000 }, run)
		await importPrices(feed, { LISTED: 1 }, run)
		await finish({ feed, runNumber: run, outcome: 'FEED_RUN_OUTCOME_HELD', reason: '1 price is held' })
		const all = await feeds()
		const names = all.feeds.map(({ name }) => name)
		expect(names).toEqual(names.toSorted())
		const listed = all.feeds.at(-1)
		expect(listed).toMatchObject({
			name: feed,
			heldPriceCount: 1,
			lastRun: { number: 1, outcome: 'FEED_RUN_OUTCOME_HELD', reason: '1 price is held' },
		})
		expect(listed?.lastSyncTime).toEqual(listed?.lastRun?.endTime)
		const page = await feeds({ pageSize: 1 })
		expect((await feeds({ pageSize: 1, pageToken: page.nextPageToken })).feeds[0]?.name).toBe(names[1])
	})

	test('ends of runs are counted by outcome, once each', async () => {
		const { beginRun, finish } = connect()
		const count = () => metric('mercat_feed_runs_total', { outcome: 'stopped' })
		const before = await count()
		const end = { feed: 'counted', runNumber: await beginRun('counted'), outcome: 'FEED_RUN_OUTCOME_STOPPED' } as const
		await finish(end)
		await finish(end)
		expect(await count()).toBe(before + 1)
	})

	test('requests that are not valid are refused with the field at fault', async () => {
		const { begin, renew, finish, runs, sourceSkus, retire, feeds } = connect()
		const end = { feed: 'a', runNumber: 1 }
		const calls = [
			...['not a name', 'shop', '.', '..'].map((name) => ['feed', () => begin(name)] as const),
			['max_price_change_percent', () => begin('a', 0)],
			['max_price_change_percent', () => begin('a', Number.NaN)],
			['run_number', () => renew('a', 0)],
			['outcome', () => finish({ ...end, outcome: 'FEED_RUN_OUTCOME_UNSPECIFIED' })],
			['reason', () => finish({ ...end, reason: 'x'.repeat(501) })],
			['counts.rows', () => finish({ ...end, counts: { rows: -1 } })],
			['validators.last_modified', () => finish({ ...end, validators: { lastModified: 'x'.repeat(1_001) } })],
			['page_size', () => feeds({ pageSize: -1 })],
			['feed', () => runs({ feed: '' })],
			['source', () => sourceSkus({ source: '' })],
			['skus', () => retire('a', 1, [], 'RETIRE_ACTION_ARCHIVE')],
			['action', () => retire('a', 1, ['X'], 'RETIRE_ACTION_UNSPECIFIED')],
		] as const
		for (const [field, call] of calls) {
			expect(await errorOf(call()), field).toMatchObject({ reason: 'INVALID_REQUEST', fieldViolations: [{ field }] })
		}
		expect(await errorOf(runs({ feed: 'nobody' }))).toMatchObject({
			code: 5,
			reason: 'FEED_NOT_FOUND',
			metadata: { feed: 'nobody' },
		})
		expect(await errorOf(feedCalls(catalog, tokenFor('stock:reserve')).feeds())).toMatchObject({
			reason: 'SCOPE_MISSING',
		})
	})
})
