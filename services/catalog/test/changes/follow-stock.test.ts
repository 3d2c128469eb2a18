import { openDatabase } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test, vi } from 'vitest'
import type { Quantity } from '../../src/changes/availability/availability.ts'
import { type FollowStockOptions, followStock } from '../../src/changes/availability/follow-stock.ts'
import { scanStock } from '../../src/changes/availability/scan-stock.ts'
import { type ChangeStores, openChangeStores, quiet } from './open-change-stores.ts'

const setStock = ({ database }: Pick<ChangeStores, 'database'>, sku: string, onHand: number) =>
	database.query('update stock set on_hand = $2 where sku = $1', [sku, onHand])

const follow = ({ stock }: Pick<ChangeStores, 'stock'>, options: FollowStockOptions = {}) =>
	followStock({ ...stock, log: quiet }, { intervalMs: 5, ...options })

/** Looks through the stock as a process does that follows. */
async function lookThrough({ scan, stock }: Pick<ChangeStores, 'scan' | 'stock'>, since?: string): Promise<void> {
	const { snapshot } = await stock.readBeginning(0)
	const needs = { ...scan, ...stock, followedSince: () => since ?? snapshot }
	await scanStock(needs, { signal: new AbortController().signal, dueMs: 0, roundMs: 0 })()
}

function hear(followed: ReturnType<typeof followStock>): Map<string, number> {
	const heard = new Map<string, number>()
	const add = ({ sku, available }: Quantity) => heard.set(sku, available)
	followed.onLook(({ quantities }) => quantities.forEach(add))
	return heard
}

describe.each(engines)('the availability on %s', (engine) => {
	test('tells quantities that were noted since a process follows, and remembers them', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B', 'C']) await stores.create(sku)
		await stores.stock.writeChanges(['C'])
		await using followed = follow(stores)
		const heard = hear(followed)
		expect(followed.floor()).toBe(Number.POSITIVE_INFINITY)
		using _ = await followed.follow()
		const begin = followed.floor()
		expect(followed.knownTo()).toBe(begin)
		await setStock(stores, 'A', 5)
		await stores.stock.writeChanges(['A', 'gone'])
		await eventually(() => expect(heard).toEqual(new Map([['A', 5]])))
		await setStock(stores, 'B', 6)
		await stores.stock.writeChanges(['B'])
		await eventually(() =>
			expect([...heard]).toEqual([
				['A', 5],
				['B', 6],
			]),
		)
		expect(followed.since(begin).toSorted((one, other) => (one.sku < other.sku ? -1 : 1))).toEqual([
			{ sku: 'A', available: 5 },
			{ sku: 'B', available: 6 },
		])
		const known = followed.knownTo()
		await eventually(() => expect(followed.knownTo()).toBeGreaterThan(known + 10))
		expect(followed.since(followed.knownTo())).toEqual([])
		expect(heard.has('C')).toBe(false)
	})

	test('knows what has changed in the minutes before it is followed, while the stock is looked through', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B', 'C']) await stores.create(sku)
		await lookThrough(stores)
		await stores.database.query('delete from stock_change')
		const { atMs } = await stores.stock.readBeginning(0)
		await setStock(stores, 'A', 5)
		await stores.stock.writeChanges(['A'])
		// A process was killed before it noted this.
		await setStock(stores, 'B', 6)
		await using followed = follow(stores)
		const heard = hear(followed)
		using _ = await followed.follow()
		expect(followed.floor()).toBeLessThanOrEqual(atMs)
		expect(followed.since(atMs)).toEqual([{ sku: 'A', available: 5 }])
		await stores.database.query("update stock_scan set scanned_at = now() - interval '1 h'")
		await lookThrough(stores, followed.followedSince())
		await eventually(() => expect(heard.get('B')).toBe(6))
	})

	test.each([
		['nobody has looked through the stock', "scanned_at = now() - interval '5 min'"],
		['the server was another one', "timeline = '0000000A'"],
		['the changes before were passed over', 'looked_since = clock_timestamp()'],
	])('does not know what has changed before when %s', async (_title, change) => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await lookThrough(stores)
		await stores.stock.writeChanges(['A'])
		const { atMs } = await stores.stock.readBeginning(0)
		await stores.database.query(`update stock_scan set ${change}`)
		await using followed = follow(stores)
		using _ = await followed.follow()
		expect(followed.floor()).toBeGreaterThanOrEqual(atMs)
	})

	test('begins anew after a failover, behind what it knew', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		let isAway = false
		const readChanges = async (since: string) => {
			const changes = await stores.stock.readChanges(since)
			const clockMs = changes.laterMs - 20_000
			return isAway ? { ...changes, atMs: clockMs, laterMs: clockMs, timeline: '00000002' } : changes
		}
		await using followed = follow({ stock: { ...stores.stock, readChanges } })
		using _ = await followed.follow()
		const onReset = vi.fn()
		followed.onReset(onReset)
		const known = followed.knownTo()
		isAway = true
		await eventually(() => expect(onReset).toHaveBeenCalledTimes(1))
		expect(followed.floor()).toBeGreaterThan(known)
	})

	test('reads quantities for streams, by skus and in the order of skus', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['a', 'B', 'C']) await stores.create(sku)
		await setStock(stores, 'B', 7)
		await using followed = follow(stores)
		using _ = await followed.follow()
		expect((await followed.read(['B', 'gone'])).quantities).toEqual([{ sku: 'B', available: 7 }])
		const skusAfter = async (sku: string) => (await followed.readAfter(sku, 2)).quantities.map((one) => one.sku)
		expect(await skusAfter('')).toEqual(['B', 'C'])
		expect(await skusAfter('C')).toEqual(['a'])
	})

	test('begins anew when it has stood still for too long, and tells who follows', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		let isAway = false
		const awayMs = 700_000
		const readChanges = async (since: string) => {
			const changes = await stores.stock.readChanges(since)
			return isAway ? { ...changes, atMs: changes.atMs + awayMs, laterMs: changes.laterMs + awayMs } : changes
		}
		await using followed = follow({ stock: { ...stores.stock, readChanges } })
		using _ = await followed.follow()
		const floor = followed.floor()
		const onReset = vi.fn()
		followed.onReset(onReset)
		isAway = true
		await eventually(() => expect(onReset).toHaveBeenCalledTimes(1))
		expect(followed.floor()).toBeGreaterThanOrEqual(floor + awayMs)
		expect(followed.knownTo()).toBeGreaterThanOrEqual(followed.floor())
	})

	test('is followed for a while longer when the last one has left, and then costs no statement', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		const readChanges = vi.fn(stores.stock.readChanges)
		await using followed = follow({ stock: { ...stores.stock, readChanges } }, { lingerMs: 100 })
		const leave = await followed.follow()
		const floor = followed.floor()
		leave[Symbol.dispose]()
		using again = await followed.follow()
		expect(followed.floor()).toBe(floor)
		again[Symbol.dispose]()
		await eventually(() => expect(followed.followedSince()).toBeUndefined())
		const { length } = readChanges.mock.calls
		using _ = await followed.follow()
		expect(followed.floor()).toBeGreaterThan(floor)
		await eventually(() => expect(readChanges.mock.calls.length).toBeGreaterThan(length))
	})

	test('old notes are deleted from the first on', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B', 'C']) await stores.stock.writeChanges([sku])
		await stores.database.query("update stock_change set at = at - interval '2 h' where skus <> '{C}'")
		expect(await stores.stock.deleteChanges(3_600_000, 1)).toBe(1)
		expect(await stores.stock.deleteChanges(3_600_000, 5)).toBe(1)
		await stores.stock.vacuumChanges()
		expect(await stores.database.query('select skus from stock_change')).toEqual([{ skus: ['C'] }])
	})

	test('many notes stand in rows of 2,000 products', async () => {
		await using stores = await openChangeStores(engine)
		await stores.stock.writeChanges(Array.from({ length: 4_001 }, (_, number) => `S-${number}`))
		const rows = await stores.database.query('select cardinality(skus) as count from stock_change order by 1')
		expect(rows).toEqual([{ count: 1 }, { count: 2_000 }, { count: 2_000 }])
	})
})

test('a note whose transaction commits after later ones is not passed over on postgres', async () => {
	await using stores = await openChangeStores('postgres')
	for (const sku of ['A', 'B']) await stores.create(sku)
	await using followed = follow(stores)
	const heard = hear(followed)
	using _ = await followed.follow()
	await using other = await openDatabase(stores.url)
	await other.transaction(async (transaction) => {
		await transaction.query("insert into stock_change (skus) values ('{A}')")
		await setStock(stores, 'B', 6)
		await stores.stock.writeChanges(['B'])
		await eventually(() => expect([...heard]).toEqual([['B', 6]]))
		const known = followed.knownTo()
		await eventually(() => expect(followed.knownTo()).toBeGreaterThan(known))
	})
	await eventually(() =>
		expect([...heard]).toEqual([
			['B', 6],
			['A', 0],
		]),
	)
})
