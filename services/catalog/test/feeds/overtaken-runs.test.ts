import { type Database, openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { createTestDatabase } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { waitForLocks } from '../catalog-database.ts'
import { feedCalls } from '../feed-calls.ts'
import { errorOf, startCatalogOn } from '../start-catalog.ts'

const ended = { code: 10, reason: 'FEED_RUN_ENDED', metadata: { feed: 'acme' } }

/** Two replicas of a catalog on PostgreSQL, each with its calls, and the first run of the feed "acme" with one product. */
async function startFeed() {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createTestDatabase('postgres'))
	const one = feedCalls(opened.use(await startCatalogOn(url)))
	const other = feedCalls(opened.use(await startCatalogOn(url)))
	const database = opened.use(await openDatabase(url))
	expect(await one.beginRun('acme')).toBe(1)
	await one.importPrices('acme', { CUP: 1_000 }, 1)
	const resources = opened.move()
	return { one, other, database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

const endLease = (database: Database) => database.query("update feed set leased_until = now() - interval '1 second'")

test('a run begins only after the request of the run before that is under way, and then its price is the last', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	const underWay = await database.transaction(async (transaction) => {
		// The import has joined its run, and waits for the product.
		await transaction.query('select from product for update')
		const late = one.importPrices('acme', { CUP: 900 }, 1)
		await waitForLocks(database, 1)
		await endLease(database)
		const next = other.beginRun('acme')
		await waitForLocks(database, 2)
		return { late, next }
	})
	expect(await underWay.late).toMatchObject({ updatedCount: 1 })
	expect(await underWay.next).toBe(2)
	await other.importPrices('acme', { CUP: 800 }, 2)
	expect(await errorOf(one.importPrices('acme', { CUP: 900 }, 1))).toMatchObject(ended)
	expect(await database.query('select amount_minor from product')).toEqual([{ amount_minor: 800 }])
})

test('a request of a run that comes while the next run begins changes nothing', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await endLease(database)
	const underWay = await database.transaction(async (transaction) => {
		// The next run has the feed for itself, and waits for the row of the feed.
		await transaction.query('select from feed for update')
		const next = other.beginRun('acme')
		await waitForLocks(database, 1)
		const late = errorOf(one.retire('acme', 1, ['CUP'], 'RETIRE_ACTION_ARCHIVE'))
		await waitForLocks(database, 2)
		return { next, late }
	})
	expect(await underWay.next).toBe(2)
	expect(await underWay.late).toMatchObject(ended)
	expect(await database.query('select archived from product')).toEqual([{ archived: false }])
})

test('a renewal that comes while the next run begins does not win', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await endLease(database)
	const underWay = await database.transaction(async (transaction) => {
		// The next run has found that the lease is over, and waits for the row of the run before.
		await transaction.query('select from feed_run for update')
		const next = other.beginRun('acme')
		await waitForLocks(database, 1)
		const late = errorOf(one.renew('acme', 1))
		await waitForLocks(database, 2)
		return { next, late }
	})
	expect(await underWay.next).toBe(2)
	expect(await underWay.late).toMatchObject(ended)
})

test('two renewals at once of a run whose lease is over both keep it', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await endLease(database)
	const underWay = await database.transaction(async (transaction) => {
		await transaction.query('select from feed for update')
		const renewals = [one.renew('acme', 1), other.renew('acme', 1)]
		await waitForLocks(database, 2)
		return { renewals }
	})
	expect(await Promise.all(underWay.renewals)).toHaveLength(2)
})

test('a run that another one has followed does nothing more, whatever it tries', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await endLease(database)
	expect(await other.beginRun('acme')).toBe(2)
	for (const attempt of [
		() => one.renew('acme', 1),
		() => one.importPrices('acme', { CUP: 900, NEW: 1 }, 1),
		() => one.retire('acme', 1, ['CUP'], 'RETIRE_ACTION_ARCHIVE'),
		() => one.finish({ feed: 'acme', runNumber: 1 }),
	]) {
		expect(await errorOf(attempt())).toMatchObject(ended)
	}
	expect(await database.query('select sku, amount_minor from product')).toEqual([{ sku: 'CUP', amount_minor: 1_000 }])
	const { runs } = await other.runs({ feed: 'acme' })
	expect(runs).toMatchObject([
		{ number: 2, endTime: null },
		{ number: 1, outcome: 'FEED_RUN_OUTCOME_FAILED', reason: 'the run ended without a report' },
	])
})

test('after a run that was killed in its middle, the next run gets all of the feed, and after one that wrote nothing it does not', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	const validators = { etag: '"1"', lastModified: '', settingsDigest: 'abc' }
	await one.finish({ feed: 'acme', runNumber: 1, validators })
	await one.beginRun('acme')
	await one.importPrices('acme', { CUP: 1_000 }, 2)
	await endLease(database)
	expect(await other.begin('acme')).toMatchObject({ runNumber: 3, validators })
	await other.importPrices('acme', { CUP: 900 }, 3)
	await endLease(database)
	expect(await one.begin('acme')).toMatchObject({ runNumber: 4, validators: null })
	await one.finish({ feed: 'acme', runNumber: 4, validators })
	expect(await one.begin('acme')).toMatchObject({ runNumber: 5, validators })
})

test('requests of a run that write at once do not wait for each other for ever', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await one.finish({ feed: 'acme', runNumber: 1, validators: { etag: '"1"' } })
	await one.beginRun('acme')
	const first = await database.transaction(async (transaction) => {
		// Of two requests, one makes the catalog forget what the source said, and waits for the product.
		await transaction.query('select from product for update')
		const both = [
			one.importPrices('acme', { CUP: 900, NEW: 1 }, 2),
			other.importPrices('acme', { CUP: 900, NEW: 1 }, 2),
		]
		await waitForLocks(database, 2)
		return { both }
	})
	const answers = await Promise.all(first.both)
	expect(answers.map(({ failures }) => failures)).toEqual([[], []])
	expect(await database.query('select amount_minor from product order by sku')).toEqual([
		{ amount_minor: 900 },
		{ amount_minor: 1 },
	])
})

test('a run whose lease is over goes on if no other run has begun', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	await endLease(database)
	await one.importPrices('acme', { CUP: 900 }, 1)
	expect(await errorOf(other.begin('acme'))).toMatchObject({ reason: 'FEED_RUN_ACTIVE' })
	await one.finish({ feed: 'acme', runNumber: 1 })
	expect(await other.beginRun('acme')).toBe(2)
})

test('a run with a request that does not come to its end is still active', async () => {
	await using feed = await startFeed()
	const { one, other, database } = feed
	const late = await database.transaction(async (transaction) => {
		await transaction.query("select pg_advisory_xact_lock_shared(hashtextextended('mercat feed acme', 0))")
		await endLease(database)
		expect(await errorOf(other.begin('acme'))).toMatchObject({
			reason: 'FEED_RUN_ACTIVE',
			metadata: { runNumber: '1', leaseEndsInMs: '0' },
		})
		return one.importPrices('acme', { CUP: 900 }, 1)
	})
	expect(late).toMatchObject({ updatedCount: 1 })
})

test('the catalog keeps the last 100 runs of a feed', async () => {
	await using feed = await startFeed()
	const { one, database } = feed
	await database.query(`
		insert into feed_run (feed, number, ended_at, outcome) select 'acme', number, now(), 'synced' from generate_series(2, 120) number`)
	await database.query("update feed set run_number = 120, leased_until = '-infinity'")
	expect(await one.beginRun('acme')).toBe(121)
	await eventually(async () => {
		const [kept] = await database.query('select min(number)::int as first, count(*)::int as runs from feed_run')
		expect(kept).toEqual({ first: 22, runs: 100 })
	})
})
