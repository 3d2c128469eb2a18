import { openDatabase } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { readChanges } from '../../src/changes/log/product-changes.ts'
import { changeStoresOn, openChangeStores, readAll } from './open-change-stores.ts'

const hourMs = 3_600_000

type Entries = Awaited<ReturnType<typeof readAll>>

const positionsOf = (entries: Entries) => entries.map(({ position }) => position)
const skusOf = (entries: Entries) => entries.flatMap(({ changes }) => readChanges(changes).map(({ sku }) => sku))
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe.each(engines)('the log of product changes on %s', (engine) => {
	test('numbers entries without a gap, and tells how it left the log', async () => {
		await using stores = await openChangeStores(engine)
		expect(await stores.log.assignPositions(10, 0)).toMatchObject({ entries: 0, last: 0, isSettled: true })
		for (const sku of ['A', 'B', 'C']) await stores.create(sku)
		const first = await stores.log.assignPositions(2, 0)
		expect(first).toMatchObject({ entries: 2, last: 2, isSettled: false, isMore: true })
		const second = await stores.log.assignPositions(2, first.last)
		expect(second).toMatchObject({ entries: 1, last: 3, isSettled: true, isMore: false, knownIdentity: first.identity })
		const entries = await readAll(stores)
		expect(positionsOf(entries)).toEqual([1, 2, 3])
		expect(skusOf(entries)).toEqual(['A', 'B', 'C'])
		expect(entries[0]?.before).toBeUndefined()
		const { xid, atUs } = entries[1] as Entries[number]
		expect(entries[2]).toMatchObject({ ...second.identity, before: { xid, atUs } })
		expect(await stores.log.readBlock(1, 2)).toEqual([entries[1]])
	})

	test('tells the identities of entries, and of none that is not there', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		const { identity, logId } = await stores.log.assignPositions(10, 0)
		const places = await stores.log.findPlaces([0, 1, 2])
		expect(places).toMatchObject({ logId, last: 1 })
		expect([...places.identities]).toEqual([[1, identity]])
		expect(await stores.log.ends(2)).toEqual({ logId, first: 1, last: 1, identity, knownIdentity: undefined })
	})

	test('is deleted from its beginning, and keeps its last entry however old that is', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B', 'C', 'D']) await stores.create(sku)
		await stores.log.assignPositions(10, 0)
		expect(await stores.log.prune(hourMs, 10)).toBe(0)
		await stores.database.query("update product_change set at = at - interval '2 h' where position in (1, 3)")
		expect(await stores.log.prune(hourMs, 10)).toBe(1)
		expect(positionsOf(await readAll(stores))).toEqual([2, 3, 4])
		await stores.database.query("update product_change set at = at - interval '2 h'")
		expect(await stores.log.prune(hourMs, 1)).toBe(1)
		expect(await stores.log.prune(hourMs, 10)).toBe(1)
		expect(await stores.log.prune(hourMs, 10)).toBe(0)
		expect(await stores.log.ends(0)).toMatchObject({ first: 4, last: 4 })
		await stores.log.vacuumLog()
		await stores.create('E')
		await stores.log.assignPositions(10, 4)
		expect(skusOf(await readAll(stores))).toEqual(['D', 'E'])
	})

	test('an entry without a position is not deleted', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query("update product_change set at = at - interval '2 h'")
		expect(await stores.log.prune(hourMs, 10)).toBe(0)
		await stores.log.assignPositions(10, 0)
		expect(skusOf(await readAll(stores))).toEqual(['A'])
	})
})

describe('two processes with one log on postgres', () => {
	test('write one after the other, without a gap, and keep the order of a product’s changes', async () => {
		await using stores = await openChangeStores('postgres')
		await using otherDatabase = await openDatabase(stores.url, { hasFixedPlans: true })
		const other = changeStoresOn(otherDatabase)
		const skus = ['A', 'B', 'C', 'D']
		for (const sku of skus) await stores.create(sku)
		const rounds = 25
		const writing = skus.map(async (sku, index) => {
			const { rename } = index % 2 === 0 ? stores : other
			for (let round = 0; round < rounds; round++) await rename(sku, `Thing ${round}`)
		})
		let isWriting = true
		const assigning = [stores, other].map(async ({ log }) => {
			let runs = 0
			for (; isWriting; runs++) await log.assignPositions(3, 0)
			return runs
		})
		await Promise.all(writing)
		isWriting = false
		const runs = await Promise.all(assigning)
		while ((await stores.log.assignPositions(50, 0)).isMore);

		const entries = await readAll(stores)
		expect(Math.min(...runs)).toBeGreaterThan(0)
		expect(positionsOf(entries)).toEqual(upTo(skus.length * (rounds + 1)))
		const changes = entries.flatMap((entry) => readChanges(entry.changes))
		for (const sku of skus) {
			const versions = changes.flatMap((change) =>
				change.kind === 'product' && change.sku === sku ? [change.product.version] : [],
			)
			expect(versions).toEqual(upTo(rounds + 1))
		}
	})

	test('give nothing while another one writes, and say so', async () => {
		await using stores = await openChangeStores('postgres')
		await using otherDatabase = await openDatabase(stores.url, { hasFixedPlans: true })
		const other = changeStoresOn(otherDatabase)
		await stores.create('A')
		await stores.database.transaction(async (transaction) => {
			await transaction.query('select from product_change_log for update')
			const run = await other.log.assignPositions(10, 0)
			expect(run).toMatchObject({ entries: 0, last: 0, isSettled: false, isMore: false })
			expect(run.waitingS).toBeGreaterThan(0)
		})
		expect(await other.log.assignPositions(10, 0)).toMatchObject({ entries: 1, isSettled: true, waitingS: 0 })
	})

	test('an entry whose transaction commits late gets a later position, and none is passed over', async () => {
		await using stores = await openChangeStores('postgres')
		for (const sku of ['LATE', 'SOON']) await stores.create(sku)
		await stores.log.assignPositions(10, 0)
		const raise = "update product set title = 'New', version = version + 1 where sku = $1"
		await using otherDatabase = await openDatabase(stores.url)
		await otherDatabase.transaction(async (transaction) => {
			await transaction.query(raise, ['LATE'])
			await stores.database.query(raise, ['SOON'])
			expect(await stores.log.assignPositions(10, 0)).toMatchObject({ entries: 1, last: 3, isSettled: true })
		})
		expect(await stores.log.assignPositions(10, 0)).toMatchObject({ entries: 1, last: 4 })
		const entries = await readAll(stores)
		expect(skusOf(entries)).toEqual(['LATE', 'SOON', 'SOON', 'LATE'])
		const [, , soon, late] = entries as [Entries[0], Entries[0], Entries[0], Entries[0]]
		expect(BigInt(late.xid) < BigInt(soon.xid)).toBe(true)
	})
})
