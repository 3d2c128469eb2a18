import { register } from '@mercat/service/metrics'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { showFeeds } from '../../src/feeds/feed-gauges.ts'
import { createFeedListStore } from '../../src/feeds/feed-list-store.ts'
import { openCatalogDatabase } from '../catalog-database.ts'

/** The samples of a scrape about feeds, by their names and labels. */
async function scrape(): Promise<Record<string, number>> {
	const lines = (await register.metrics()).split('\n')
	const samples = lines.filter((line) => /^mercat_(held_prices|feed_sync_age_seconds)[ {]/.test(line))
	return Object.fromEntries(samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]))
}

const age = (feed: string) => `mercat_feed_sync_age_seconds{feed="${feed}"}`

test.each(engines)('on %s a scrape tells held prices, and the age of each feed that still runs', async (engine) => {
	await using database = await openCatalogDatabase(engine, ['CUP'])
	await database.query(`
		insert into feed (name, run_number, last_synced_at) values
			('synced', 1, now() - interval '1 minute'), ('new', 1, null), ('old', 1, now() - interval '9 days'), ('unused', 0, null)`)
	await database.query(`
		insert into feed_run (feed, number, started_at) values
			('synced', 1, now() - interval '1 minute'), ('new', 1, now() - interval '1 hour'), ('old', 1, now() - interval '9 days')`)
	await database.query(`
		insert into held_price (id, sku, source, rule, old_currency, old_amount_minor, new_currency, new_amount_minor, figures)
		values (gen_random_uuid(), 'CUP', 'synced', 'PRICE_FELL', 'EUR', 100, 'EUR', 1, '{}')`)
	{
		using _shown = showFeeds(createFeedListStore(database))
		const samples = await scrape()
		expect(Object.keys(samples).sort()).toEqual([age('new'), age('synced'), 'mercat_held_prices'])
		expect(samples['mercat_held_prices']).toBe(1)
		expect(samples[age('synced')]).toBeCloseTo(60, -1)
		expect(samples[age('new')]).toBeCloseTo(3_600, -1)
	}
	expect(await scrape()).toEqual({})
})

test('of many feeds a scrape tells the 100 that synced longest ago', async () => {
	await using database = await openCatalogDatabase('postgres', [])
	await database.query(`
		insert into feed (name, run_number, last_synced_at)
		select 'feed-' || number, 1, now() - number * interval '1 minute' from generate_series(1, 150) number`)
	await database.query('insert into feed_run (feed, number) select name, 1 from feed')
	using _shown = showFeeds(createFeedListStore(database))
	const feeds = Object.keys(await scrape()).filter((name) => name.startsWith('mercat_feed'))
	expect(feeds).toHaveLength(100)
	expect(feeds).toContain(age('feed-150'))
	expect(feeds).not.toContain(age('feed-50'))
})

test('while the feeds cannot be read, a scrape tells none', async () => {
	const isDown = () => Promise.reject(new Error('no database'))
	using _shown = showFeeds({ readGauges: isDown })
	expect(await scrape()).toEqual({})
})
