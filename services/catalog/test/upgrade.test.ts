import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { createEarlierDatabase } from '@mercat/database/testing/earlier-database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { migrationsFolder } from '../src/server.ts'
import { inventoryCalls, reservationOf } from './inventory-calls.ts'
import { startCatalogOn } from './start-catalog.ts'

// The migrations of the version before, with the SHA-256 of their content. Applied migrations never change.
const earlierMigrations = {
	'001.do.products-and-stock.sql': '754f3eb50e31526b1bb11d37a44c5b175d8dc500f0bc89e5bee8df651350beda',
	'002.do.statistics.sql': '0fc9af865862d337953485a4a55fc4d08235b37b14282c192409d68c7ea68a8c',
	'003.do.movements.sql': '4e37ae41bd82f4084c15b52b28a00e80bfcd653c68ff5aadb2e9a1ce052e1fae',
}

const heldOrder = '00000000-0000-5000-8000-00000000000a'
const soldOrder = '00000000-0000-5000-8000-00000000000b'
const releasedOrder = '00000000-0000-5000-8000-00000000000c'
const runOutOrder = '00000000-0000-5000-8000-00000000000d'

const line = (quantity: number) =>
	JSON.stringify([{ sku: 'MUG-1', title: 'Stoneware mug', quantity, amountMinor: 1290 }])

// A product of which 10 pieces were delivered and 3 sold. Two orders hold 2 pieces and 1 piece.
const earlierRows = `
	insert into product (
		sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, archived, version,
		search_document, search_text
	) values (
		'MUG-1', 'Stoneware mug', 'Dishwasher safe.', 'Lindmora', 'Home/Kitchen', 'EUR', 1290, '{ "color": "sand" }',
		'{https://images.example.com/mug.jpg}', false, 3,
		setweight(to_tsvector('simple', 'stoneware mug') || to_tsvector('english', 'stoneware mug'), 'a')
			|| setweight(to_tsvector('simple', 'lindmora home kitchen') || to_tsvector('english', 'lindmora home kitchen'), 'b')
			|| setweight(to_tsvector('simple', 'mug 1 sand') || to_tsvector('english', 'mug 1 sand'), 'c')
			|| setweight(to_tsvector('simple', 'dishwasher safe') || to_tsvector('english', 'dishwasher safe'), 'd'),
		'mug 1 stoneware mug lindmora home kitchen'
	);
	insert into stock (sku, on_hand, held) values ('MUG-1', 7, 3);
	insert into stock_movement (sku, kind, cause, delta, reason, created_at) values
		('MUG-1', 'set', 'first-delivery', 10, '', clock_timestamp() - interval '2 days'),
		('MUG-1', 'commit', '${soldOrder}', -3, '', clock_timestamp() - interval '1 day');
	insert into reservation (order_id, state, lines, currency, total_minor, expires_at) values
		('${heldOrder}', 'held', '${line(2)}', 'EUR', 2580, clock_timestamp() + interval '1 hour'),
		('${soldOrder}', 'committed', '${line(3)}', 'EUR', 3870, clock_timestamp() - interval '1 hour'),
		('${releasedOrder}', 'released', '[]', null, null, null),
		('${runOutOrder}', 'held', '${line(1)}', 'EUR', 1290, clock_timestamp() - interval '1 hour');`

test('the migrations of the version before have not changed', () => {
	for (const [name, sha256] of Object.entries(earlierMigrations)) {
		const content = readFileSync(join(migrationsFolder, name))
		expect(createHash('sha256').update(content).digest('hex'), name).toBe(sha256)
	}
})

describe.each(engines)('a catalog that starts on a %s database of the version before', (engine) => {
	test('serves its products, settles its reservations and goes on with its ledger', async () => {
		await using earlier = await createEarlierDatabase(engine, {
			migrationsFolder,
			migrations: Object.keys(earlierMigrations),
			rows: earlierRows,
		})
		await using catalog = await startCatalogOn(earlier.url)
		const stock = inventoryCalls(catalog)

		const product = { sku: 'MUG-1', attributes: { color: 'sand' }, state: 'STATE_ACTIVE', etag: '"3"' }
		expect(await catalog.get('MUG-1')).toMatchObject(product)
		expect((await catalog.search({ query: 'stoneware lind' })).products).toMatchObject([product])
		expect((await catalog.search({ query: 'stonwear' })).products).toMatchObject([product])
		expect(await catalog.update({ sku: 'MUG-1', title: 'Clay mug', etag: '"3"' }, ['title'])).toMatchObject({
			title: 'Clay mug',
			etag: '"4"',
		})

		await eventually(async () => expect(await stock.levels('MUG-1')).toMatchObject([{ onHand: 7, held: 2 }]))
		expect((await stock.reserve(reservationOf({ 'MUG-1': 2 }, { orderId: heldOrder }))).reservation).toMatchObject({
			state: 'RESERVATION_STATE_HELD',
			lines: [{ title: 'Stoneware mug' }],
			total: { amountMinor: 2580 },
		})
		expect(await stock.commit(heldOrder, runOutOrder, releasedOrder)).toEqual(['', '', 'RESERVATION_RELEASED'])
		expect(await stock.release(soldOrder)).toEqual(['RESERVATION_STATE_COMMITTED'])
		expect(await stock.setStock('MUG-1', 99, 'first-delivery')).toMatchObject({ onHand: 7, held: 0 })
		expect((await stock.reserve(reservationOf({ 'MUG-1': 1 }))).reservation?.lines).toMatchObject([
			{ title: 'Clay mug' },
		])

		const order = { kind: 'STOCK_MOVEMENT_KIND_COMMIT', who: 'tester' }
		expect(await stock.movements('MUG-1')).toMatchObject([
			{ kind: 'STOCK_MOVEMENT_KIND_RETURN', delta: 3, orderId: soldOrder, who: 'tester' },
			{ ...order, delta: -1, orderId: runOutOrder },
			{ ...order, delta: -2, orderId: heldOrder },
			// The version before did not keep who made a change.
			{ kind: 'STOCK_MOVEMENT_KIND_COMMIT', delta: -3, orderId: soldOrder, who: '' },
			{ kind: 'STOCK_MOVEMENT_KIND_SET', delta: 10, cause: 'first-delivery', orderId: '', who: '' },
		])

		await using database = await catalog.stopAndOpenDatabase()
		expect(await database.query('select on_hand, held from stock')).toEqual([{ on_hand: 7, held: 1 }])
		expect(await database.query('select sum(delta)::bigint as ledger from stock_movement')).toEqual([{ ledger: 7 }])
	})

	test('has the present prices as the beginning of their history', async () => {
		await using earlier = await createEarlierDatabase(engine, {
			migrationsFolder,
			migrations: Object.keys(earlierMigrations),
			rows: earlierRows,
		})
		await using catalog = await startCatalogOn(earlier.url)
		const historyOf = (sku: string) =>
			callUnary(catalog.catalog, catalogRpcs.GetPriceHistory, { sku }, { timeoutMs: 60_000 })

		const { periods: first, beginTime } = await historyOf('MUG-1')
		const price = { currencyCode: 'EUR', amountMinor: 1290 }
		expect(first).toEqual([{ price, beginTime, endTime: null }])
		const cheaper = { currencyCode: 'EUR', amountMinor: 990 }
		await catalog.update({ sku: 'MUG-1', price: cheaper }, ['price'])
		const { periods } = await historyOf('MUG-1')
		expect(periods).toEqual([
			{ price, beginTime, endTime: periods[1]?.beginTime },
			{ price: cheaper, beginTime: expect.anything(), endTime: null },
		])
		const since = { seconds: periods[1]?.beginTime?.seconds }
		expect((await catalog.get('MUG-1')).lowestPrice30d).toMatchObject({ amount: price, since })

		await using database = await catalog.stopAndOpenDatabase()
		const [migration] = await database.query<{ beganAt: Date }>('select began_at as "beganAt" from price_history')
		expect(migration?.beganAt.getTime()).toBe(Math.floor(millisecondsOf(beginTime as never)))
	})
})
