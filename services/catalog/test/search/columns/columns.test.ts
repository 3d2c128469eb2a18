import { budgetForEach, createBudget } from '@mercat/service/budget'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createColumnsStore } from '../../../src/search/columns/columns-store.ts'
import { followColumns } from '../../../src/search/columns/follow-columns.ts'
import { forgetChanges } from '../../../src/search/columns/forget-changes.ts'
import { columnsOf, openColumnsDatabase, writeProducts } from './search-columns.ts'

const { signal } = new AbortController()
const budget = budgetForEach(5_000)

describe.each(engines)('the columns on %s', (engine) => {
	test('have the products from before the start, in slices of any size', async () => {
		await using database = await openColumnsDatabase(engine)
		const skus = Array.from({ length: 30 }, (_, index) => `Sku-${String(index).padStart(2, '0')}`)
		await writeProducts(
			database,
			skus.map((sku, index) => ({ sku, doc: 100 + index })),
		)
		await using columns = columnsOf(database, { sliceSize: 7 })
		const view = await columns.view()
		expect(view.size).toBe(30)
		expect(skus.map((_, index) => view.sku(100 + index))).toEqual(skus)
		expect([view.isLiving(99), view.isLiving(130)]).toEqual([false, false])
	})

	test('follow what other processes commit', async () => {
		await using database = await openColumnsDatabase(engine)
		await using columns = columnsOf(database)
		expect((await columns.view()).size).toBe(0)
		await writeProducts(database, [{ sku: 'A', doc: 1, title: 'Three short words' }])
		const view = await columns.view()
		expect([view.sku(1), view.titleWords(1), view.isFindable(1)]).toEqual(['A', 3, true])
		await writeProducts(database, [{ sku: 'A', doc: 1, archived: true }])
		const later = await columns.view()
		expect([later.isLiving(1), later.isFindable(1)]).toEqual([true, false])
	})

	test('know when a product is sold out, and when it is back', async () => {
		await using database = await openColumnsDatabase(engine)
		await writeProducts(database, [{ sku: 'A', doc: 1, onHand: 3 }])
		await using columns = columnsOf(database)
		const inStock = async () => {
			const view = await columns.view()
			return (view.table.chunks[0]?.flags[view.slotOf(1)] ?? 0) & 1
		}
		const hold = (quantity: number) => database.query(`update stock set held = held + ${quantity} where sku = 'A'`)
		expect(await inStock()).toBe(1)
		await hold(2)
		expect(await inStock()).toBe(1)
		await hold(1)
		expect(await inStock()).toBe(0)
		await hold(-1)
		expect(await inStock()).toBe(1)
	})

	test('have exactly one doc of a product in each view, whatever its text became since', async () => {
		await using database = await openColumnsDatabase(engine)
		await writeProducts(database, [{ sku: 'A', doc: 1 }])
		await using columns = columnsOf(database)
		const first = await columns.view()
		await writeProducts(database, [{ sku: 'A', doc: 2 }])
		const second = await columns.view()
		await writeProducts(database, [{ sku: 'A', doc: 3 }])
		await writeProducts(database, [{ sku: 'A', doc: 4 }])
		const third = await columns.view()
		const livingIn = (view: typeof first) => [1, 2, 3, 4].filter(view.isLiving)
		expect([first, second, third].map(livingIn)).toEqual([[1], [2], [4]])
		expect([first, second, third].map((view) => view.docsWithSkuPart('a', 10))).toEqual([[1], [2], [4]])
		expect([1, 2, 3, 4].map(third.keepsDoc)).toEqual([true, true, true, true])
	})

	test('find docs by a part of their sku, in any case and without separators', async () => {
		await using database = await openColumnsDatabase(engine)
		await writeProducts(database, [
			{ sku: 'KT-INS114-DRE', doc: 1 },
			{ sku: 'kt.ins_114', doc: 2 },
			{ sku: 'KT-INS114-OLD', doc: 3, archived: true },
			{ sku: 'MT1022535AB', doc: 4 },
		])
		await using columns = columnsOf(database)
		const view = await columns.view()
		const found = (part: string, most = 10) => view.docsWithSkuPart(part, most).sort()
		expect(found('ins114')).toEqual([1, 2])
		expect(found('S1-14')).toEqual([1, 2])
		expect(found('35ab')).toEqual([4])
		expect(found('35ac')).toEqual([])
		expect(found('1', 2)).toHaveLength(2)
	})

	test('are put into the order of the skus in the background, when many new products are out of it', async () => {
		await using database = await openColumnsDatabase(engine)
		await using columns = columnsOf(database, { mostUnsorted: 2 })
		await columns.view()
		for (const [index, sku] of ['D', 'C', 'B', 'A'].entries()) {
			await writeProducts(database, [{ sku, doc: index + 1 }])
			await columns.view()
		}
		const before = await columns.view()
		await eventually(async () => expect((await columns.view()).table.sortedEnd).toBe(4))
		await writeProducts(database, [{ sku: 'C', doc: 5 }])
		const after = await columns.view()
		expect([after.size, after.isLiving(2), after.sku(5), before.sku(2)]).toEqual([4, false, 'C', 'C'])
	})

	test('are put into order once no more products arrive, also when few of all are out of it', async () => {
		await using database = await openColumnsDatabase(engine)
		const skus = Array.from({ length: 20 }, (_, number) => `M${10 + number}`)
		await writeProducts(
			database,
			skus.map((sku, index) => ({ sku, doc: index + 1 })),
		)
		await using columns = columnsOf(database, { mostUnsorted: 2, quietMs: 0 })
		await columns.view()
		await writeProducts(
			database,
			['C', 'B', 'A'].map((sku, index) => ({ sku, doc: 30 + index })),
		)
		expect((await columns.view()).table.sortedEnd).toBe(20)
		await eventually(async () => expect((await columns.view()).table.sortedEnd).toBe(23))
	})

	test('get changes again when reading them fails half-way', async () => {
		await using database = await openColumnsDatabase(engine)
		const store = createColumnsStore(database)
		let failures = 1
		const columns = followColumns(
			{
				...store,
				readStates: (skus) => (failures-- > 0 ? Promise.reject(new Error('lost')) : store.readStates(skus)),
			},
			{ signal, mostStates: 1 },
		)
		await columns.load()
		await writeProducts(database, [
			{ sku: 'A', doc: 1 },
			{ sku: 'B', doc: 2 },
			{ sku: 'C', doc: 3 },
		])
		await expect(columns.poll(budget)).rejects.toThrow('lost')
		const view = await columns.poll(budget)
		expect([1, 2, 3].map((doc) => view?.sku(doc))).toEqual(['A', 'B', 'C'])
	})

	test('are loaded anew by a process that was away for so long that changes may be deleted', async () => {
		await using database = await openColumnsDatabase(engine)
		const store = createColumnsStore(database)
		let awayMs = 0
		const columns = followColumns(
			{
				...store,
				readChanges: async (...args) => {
					const changes = await store.readChanges(...args)
					return { ...changes, atMs: changes.atMs + awayMs }
				},
			},
			{ signal },
		)
		await columns.load()
		await writeProducts(database, [{ sku: 'A', doc: 1 }])
		await database.query('delete from search_change')
		expect((await columns.poll(budget))?.isLiving(1)).toBe(false)
		awayMs = 301_000
		expect(await columns.poll(budget)).toBeUndefined()
		awayMs = 0
		await columns.load()
		expect((await columns.poll(budget))?.isLiving(1)).toBe(true)
	})
})

test('a transaction that commits late is seen, though later ones were seen before', async () => {
	await using database = await openColumnsDatabase('postgres')
	await using columns = columnsOf(database)
	const written = Promise.withResolvers<void>()
	const mayCommit = Promise.withResolvers<void>()
	const late = database.transaction(async (transaction) => {
		await writeProducts(transaction, [{ sku: 'LATE', doc: 1 }])
		written.resolve()
		await mayCommit.promise
	})
	await written.promise
	await writeProducts(database, [{ sku: 'B', doc: 2 }])
	const before = await columns.view()
	expect([before.isLiving(1), before.isLiving(2)]).toEqual([false, true])
	mayCommit.resolve()
	await late
	expect((await columns.view()).isLiving(1)).toBe(true)
})

test('a search waits for the load within its budget, and no longer', async () => {
	await using database = await openColumnsDatabase('postgres')
	await writeProducts(database, [{ sku: 'A', doc: 1 }])
	const locked = Promise.withResolvers<void>()
	const mayCommit = Promise.withResolvers<void>()
	const lock = database.transaction(async ({ query }) => {
		await query('lock table stock')
		locked.resolve()
		await mayCommit.promise
	})
	await locked.promise
	await using columns = columnsOf(database)
	await expect(columns.refresh(createBudget(100))).rejects.toMatchObject({ name: 'OutOfTimeError' })
	expect(await columns.readState(budget)).toMatchObject({ complete: true, synonymsVersion: 0 })
	mayCommit.resolve()
	await lock
	expect((await columns.view()).isLiving(1)).toBe(true)
})

test('changes are deleted when they are old, counted from their commit', async () => {
	await using database = await openColumnsDatabase('postgres')
	const store = createColumnsStore(database)
	const forgetAtOnce = forgetChanges(store, 0)
	const kept = async () =>
		(await database.query<{ skus: string[] }>('select skus from search_change')).map(({ skus }) => skus)
	const written = Promise.withResolvers<void>()
	const mayCommit = Promise.withResolvers<void>()
	await writeProducts(database, [{ sku: 'BEFORE' }])
	const late = database.transaction(async (transaction) => {
		await writeProducts(transaction, [{ sku: 'LATE' }])
		written.resolve()
		await mayCommit.promise
	})
	await written.promise
	await writeProducts(database, [{ sku: 'AFTER' }])
	// Transactions of other databases of the server count, too: until they end, nothing is deleted.
	await eventually(async () => {
		await forgetAtOnce()
		// Of a process that began later.
		await forgetChanges(store, 0)()
		expect(await kept()).toEqual([['AFTER']])
	})
	mayCommit.resolve()
	await late
	await forgetChanges(store)()
	expect(await kept()).toEqual([['LATE'], ['AFTER']])
	await eventually(async () => {
		await forgetAtOnce()
		expect(await kept()).toEqual([])
	})
})

test('changes are deleted also when no process lives as long as they are kept', async () => {
	await using database = await openColumnsDatabase('postgres')
	const run = () => forgetChanges(createColumnsStore(database))()
	const pass = (minutes: number) =>
		database.query(
			`with moved as (update search_change set at = at - $1 * interval '1 minute')
			update search_index set changes_known_at = changes_known_at - $1 * interval '1 minute'`,
			[minutes],
		)
	const count = async () => (await database.query('select from search_change')).length
	await writeProducts(database, [{ sku: 'A' }])
	for (let start = 0; start < 2; start++) {
		await pass(4.9)
		await run()
		expect(await count()).toBe(1)
	}
	await eventually(async () => {
		await pass(4.9)
		await run()
		expect(await count()).toBe(0)
	})
})

test('a product whose text changes while a poll reads many states is there once', async () => {
	await using database = await openColumnsDatabase('postgres')
	const store = createColumnsStore(database)
	let isChanged = false
	const readStates = async (skus: readonly string[]) => {
		if (!isChanged) await writeProducts(database, [{ sku: 'B', doc: 3, amount: 7 }])
		isChanged = true
		return store.readStates(skus)
	}
	await writeProducts(database, [
		{ sku: 'A', doc: 1 },
		{ sku: 'B', doc: 2 },
	])
	const columns = followColumns({ ...store, readStates }, { signal, mostStates: 1 })
	await columns.load()
	const before = await columns.poll(budget)
	await writeProducts(database, [
		{ sku: 'A', doc: 1, amount: 7 },
		{ sku: 'B', doc: 2, amount: 7 },
	])
	const during = await columns.poll(budget)
	const after = await columns.poll(budget)
	expect(isChanged).toBe(true)
	const living = (view: typeof after) => [1, 2, 3].filter((doc) => view?.isFindable(doc))
	expect([living(before), living(during), living(after)]).toEqual([
		[1, 2],
		[1, 3],
		[1, 3],
	])
	expect(after?.size).toBe(2)
})
