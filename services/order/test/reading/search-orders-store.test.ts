import { type Database, openDatabase } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { budgetForEach } from '@mercat/service/budget'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OrderSearch } from '../../src/reading/list-orders.ts'
import type { OrderFilter } from '../../src/reading/order-query.ts'
import { createSearchOrdersStore, type SearchOrdersOptions } from '../../src/reading/search-orders-store.ts'
import { migrationsFolder } from '../../src/server.ts'
import { plantOrders } from './planted-orders.ts'

const unhurried: SearchOrdersOptions = { mostLookedAt: 20_000, mostMs: 60_000 }

async function openShop(engine: (typeof engines)[number], orders: number) {
	await using opened = new AsyncDisposableStack()
	const file = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(file.url, { hasFixedPlans: true }))
	const { query } = database.within(budgetForEach(120_000))
	await query(plantOrders(orders))
	await query('vacuum analyze orders')
	const resources = opened.move()
	return { database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** The number of an order, as `plantOrders` gave it. */
const placeOf = ({ id }: { id: string }): number => Number(id.slice(-12))

/** Follows the pages to the end. Returns the places of the orders of each page. */
async function readPages(database: Database, filter: OrderFilter, options: SearchOrdersOptions, limit = 21) {
	const { searchOrders } = createSearchOrdersStore(database, options)
	const pages: number[][] = []
	let after: OrderSearch['after']
	do {
		const { orders, stoppedAt } = await searchOrders({ filter, after, limit })
		pages.push(orders.map(placeOf))
		after = stoppedAt
	} while (after !== undefined && pages.length < 1_000)
	return pages
}

describe.each(engines)('a search for orders on %s', (engine) => {
	let shop: Awaited<ReturnType<typeof openShop>>
	beforeAll(async () => {
		shop = await openShop(engine, 100)
	})
	afterAll(() => shop[Symbol.asyncDispose]())

	test('a search that has looked at its most orders says where it stopped, and goes on from there', async () => {
		const options = { mostLookedAt: 30, mostMs: 60_000 }
		expect(await readPages(shop.database, { status: 'shipped' }, options)).toEqual([[], [], [], [1]])
		expect(await readPages(shop.database, { customerId: 'wholesale', sku: 'RARE' }, options)).toEqual([[1]])
	})

	test('the order at which a search stops is in its page when it fits', async () => {
		const options = { mostLookedAt: 33, mostMs: 60_000 }
		expect(await readPages(shop.database, { sku: 'RARE' }, { ...options, mostLookedAt: 100 })).toEqual([[1], []])
		expect((await readPages(shop.database, { sku: 'MUG' }, options, 1_000)).map(({ length }) => length)).toEqual([
			33, 33, 33, 0,
		])
	})

	test('a search whose time is over stops, and the pages have every order once all the same', async () => {
		const pages = await readPages(shop.database, { sku: 'RARE' }, { mostLookedAt: 1_000, mostMs: -1 }, 11)
		expect(pages).toEqual([...Array(9).fill([]), [1]])
		const all = await readPages(shop.database, { sku: 'MUG' }, { mostLookedAt: 1_000, mostMs: -1 }, 1_000)
		expect(all.flat()).toEqual(Array.from({ length: 99 }, (_, index) => 100 - index))
	})

	test('a search between two times looks at no order outside of them', async () => {
		const at = (place: number) => new Date(Date.UTC(2026, 0, 1) + place * 1_000)
		const filter = { placedAfter: at(10), placedBefore: at(20) }
		const between = [19, 18, 17, 16, 15, 14, 13, 12, 11, 10]
		expect(await readPages(shop.database, filter, unhurried, 100)).toEqual([between])
		// It could not say that it has reached the end after more than ten orders.
		const few = { mostLookedAt: 11, mostMs: 60_000 }
		expect(await readPages(shop.database, { ...filter, status: 'placed' }, few, 100)).toEqual([between])
		expect(await readPages(shop.database, { ...filter, customerId: 'wholesale' }, unhurried, 100)).toEqual([
			[19, 17, 15, 13, 11],
		])
	})

	test('a reference is that of the order or of one of its transitions', async () => {
		expect(await readPages(shop.database, { reference: 'cart-42' }, unhurried)).toEqual([[42]])
		expect(await readPages(shop.database, { reference: 'parcel-42' }, unhurried)).toEqual([[42]])
		expect(await readPages(shop.database, { reference: 'parcel-4', customerId: 'customer-4' }, unhurried)).toEqual([
			[4],
		])
		expect(await readPages(shop.database, { reference: 'parcel' }, unhurried)).toEqual([[]])
	})
})

describe('a search in a database of 59,000 orders', () => {
	let shop: Awaited<ReturnType<typeof openShop>>
	beforeAll(async () => {
		shop = await openShop('postgres', 59_000)
	}, 240_000)
	afterAll(() => shop[Symbol.asyncDispose]())

	/** The database, which also keeps the plan of each statement. */
	function explaining(database: Database, plans: string[]): Database {
		const explain: Database['query'] = async (statement, values) => {
			const { text } = statement as Statement
			const lines = await database.query<{ 'QUERY PLAN': string }>(`explain (analyze) ${text}`, values)
			plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
			return database.query(statement, values)
		}
		return { ...database, within: () => ({ query: explain }) }
	}

	const filters: OrderFilter[] = [{}, { status: 'shipped' }, { sku: 'RARE' }, { reference: 'parcel-1' }]
	const customers: [string, string | undefined][] = [
		['orders_by_time', undefined],
		['orders_by_customer', 'wholesale'],
	]

	test.each(
		customers.flatMap(([index, customerId]) =>
			filters.map((filter) => [filter, customerId ?? 'everyone', index, { ...filter, customerId }] as const),
		),
	)(
		'the search for %j of %s reads %s in its order, and at most 20,000 of its orders',
		async (...[, , index, filter]) => {
			const plans: string[] = []
			await createSearchOrdersStore(explaining(shop.database, plans), unhurried).searchOrders({ filter, limit: 21 })
			const [plan = ''] = plans
			const scans = [...plan.matchAll(/(\w+ Scan(?: Backward)?) using (\w+) on orders .*\(actual .* rows=(\d+)/g)]
			expect(
				scans.map(([, scan, used]) => [scan, used]),
				plan,
			).toEqual([['Index Scan Backward', index]])
			expect(Number(scans[0]?.[3])).toBeLessThanOrEqual(20_000)
			expect(plan).not.toContain('Sort')
			expect(plan).not.toMatch(/Rows Removed by (Index Recheck|Filter).*\n.*Index Searches/)
		},
	)

	test.each([
		[{ status: 'shipped' }, [[], [], [1]]],
		[{ sku: 'RARE' }, [[], [], [1]]],
		[{ reference: 'parcel-1' }, [[], [], [1]]],
		[{ customerId: 'wholesale', status: 'shipped' }, [[1]]],
		[{ status: 'paid' }, [[], [], []]],
	] satisfies [OrderFilter, number[][]][])(
		'the rare match of %j is found by following the pages',
		async (filter, pages) => {
			expect((await readPages(shop.database, filter, unhurried)).map((page) => page.slice(-1))).toEqual(pages)
		},
	)
})
