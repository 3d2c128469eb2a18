import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { type ScanStockOptions, scanStock } from '../../src/changes/availability/scan-stock.ts'
import { type ChangeStores, openChangeStores } from './open-change-stores.ts'

const signal = new AbortController().signal

async function openScan({ scan, stock }: ChangeStores, options: Partial<ScanStockOptions> = {}) {
	const { snapshot } = await stock.readBeginning(0)
	const needs = { ...scan, ...stock, followedSince: () => snapshot as string | undefined }
	return scanStock(needs, { signal, dueMs: 0, roundMs: 0, ...options })
}

async function notedSkus({ database }: ChangeStores): Promise<string[]> {
	const rows = await database.query<{ sku: string }>(
		'select distinct sku collate "C" as sku from stock_change, unnest(skus) as sku order by 1',
	)
	await database.query('delete from stock_change')
	return rows.map(({ sku }) => sku)
}

/** Waits for the end of the transactions that have begun, also of those in other databases of the server. */
async function allOver({ database }: ChangeStores): Promise<void> {
	const [row] = await database.query<{ xid: string }>('select pg_current_xact_id()::text as xid')
	const isOver = 'select pg_snapshot_xmin(pg_current_snapshot()) > $1::xid8 as over'
	await eventually(async () => expect(await database.query(isOver, [row?.xid])).toEqual([{ over: true }]))
}

const sell = ({ database }: ChangeStores, sku: string) =>
	database.query('update stock set on_hand = on_hand + 1 where sku = $1', [sku])

describe.each(engines)('the look through the stock on %s', (engine) => {
	test('finds what a process had not told when it was killed, and finds it once', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B', 'C']) await stores.create(sku)
		const scan = await openScan(stores)
		await scan()
		await notedSkus(stores)
		await sell(stores, 'B')
		await scan()
		expect(await notedSkus(stores)).toContain('B')
		await allOver(stores)
		await scan()
		await notedSkus(stores)
		await scan()
		expect(await notedSkus(stores)).toEqual([])
	})

	test('finds changed products on all pages of the table', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await stores.database.query('alter table stock drop constraint stock_sku_fkey')
		await stores.database.query(
			"insert into stock (sku) select 'S-' || number from generate_series(1, 20000) as number",
		)
		const scan = await openScan(stores)
		await scan()
		await notedSkus(stores)
		await allOver(stores)
		await scan()
		await notedSkus(stores)
		for (const number of [1, 9_999, 20_000]) await sell(stores, `S-${number}`)
		await scan()
		expect(await notedSkus(stores)).toEqual(['S-1', 'S-20000', 'S-9999'])
	})

	test('is done by one process at a time, and only by one that follows', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		const { snapshot } = await stores.stock.readBeginning(0)
		const claimed = await stores.scan.claim(snapshot, 0, 300_000)
		if (claimed === undefined) throw new Error('nobody else has the lease')
		expect(await stores.scan.claim(snapshot, 0, 300_000)).toBeUndefined()
		const scan = await openScan(stores)
		await sell(stores, 'A')
		await scan()
		expect(await notedSkus(stores)).toEqual([])
		await stores.scan.release(claimed)
		expect(await stores.scan.scanPart(claimed, 0, 1)).toBeUndefined()

		const needs = { ...stores.scan, ...stores.stock, followedSince: () => undefined }
		await scanStock(needs, { signal, dueMs: 0 })()
		expect(await notedSkus(stores)).toEqual([])
		await scan()
		expect(await notedSkus(stores)).toEqual(['A'])
	})

	test('is done again only when it is due', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		await (await openScan(stores))()
		await notedSkus(stores)
		await sell(stores, 'A')
		await (await openScan(stores, { dueMs: 60_000 }))()
		expect(await notedSkus(stores)).toEqual([])
		await (await openScan(stores))()
		expect(await notedSkus(stores)).toEqual(['A'])
	})

	test('passes over what has changed while nobody watched', async () => {
		await using stores = await openChangeStores(engine)
		for (const sku of ['A', 'B']) await stores.create(sku)
		await stores.database.query("update stock_scan set scanned_at = now() - interval '1 h'")
		await sell(stores, 'A')
		await allOver(stores)
		const scan = await openScan(stores, { dueMs: 1_000 })
		await sell(stores, 'B')
		await scan()
		expect(await notedSkus(stores)).toEqual(['B'])
	})

	test('goes on when a process with the lease was killed, or the clock was put back', async () => {
		await using stores = await openChangeStores(engine)
		await stores.create('A')
		const scan = await openScan(stores)
		for (const time of ["now() - interval '1 s'", "now() + interval '1 h'"]) {
			await stores.database.query(`update stock_scan set leased_until = ${time}, scanned_at = ${time}`)
			await sell(stores, 'A')
			await scan()
			expect(await notedSkus(stores)).toEqual(['A'])
		}
	})
})
