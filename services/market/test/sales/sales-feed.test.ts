import type { Database } from '@mercat/database/database'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openSalesFeed } from '../../src/sales/sales-feed.ts'
import type { SalesRow } from '../../src/sales/sales-query.ts'
import { createSalesReadStore } from '../../src/sales/sales-read-store.ts'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { emptySales, startSalesProcess } from './sales-process.ts'
import { createTestLog, type Transition } from './test-log.ts'

const log = { warn() {} }

function paid(order: string, quantity: number): Transition {
	const lines = [{ sku: 'GOLD', quantity, amountMinor: quantity * 100 }]
	return { order, version: 2, status: 'paid', atMs: noon - 1_000, currency: 'EUR', lines }
}

function listener() {
	const told: SalesRow[] = []
	const heard = { told, resets: 0 }
	return {
		heard,
		changed: (rows: readonly SalesRow[]) => void told.push(...rows),
		reset() {
			heard.resets++
		},
	}
}

describe.each(engines)('watchers of sales on %s', (engine) => {
	let database: Database
	beforeAll(async () => {
		database = await openMarketDatabase(engine, noon)
	})
	beforeEach(() => emptySales(database))
	afterAll(() => database[Symbol.asyncDispose]())

	test('are told the rows that change, as they are now, whichever process counts', async () => {
		const orders = createTestLog()
		const process = startSalesProcess(database, orders.readEvents, noon)
		orders.append(paid('a', 1))
		await process.catchUp()
		await using feed = openSalesFeed({ ...createSalesReadStore(database), log }, { intervalMs: 10 })
		const bySku = listener()
		const byStatus = listener()
		await feed.watch({ by: 'sku', step: '1h' }, bySku)
		const stop = await feed.watch({ by: 'status', step: '1d' }, byStatus)
		orders.append(paid('b', 2))
		await process.catchUp()
		await eventually(() => expect(byStatus.heard.told).toHaveLength(1))
		const row = { currency: 'EUR', orders: 2, quantity: 3, amountMinor: 300 }
		expect(bySku.heard.told).toEqual([
			{ dimension: 'sku', status: 'paid', beginMs: noon - 3_600_000, key: 'GOLD', ...row },
		])
		expect(byStatus.heard.told).toEqual([
			{ dimension: 'status', status: '', beginMs: noon - 43_200_000, key: 'paid', ...row },
		])
		stop()
		orders.append(paid('c', 4))
		await process.catchUp()
		await eventually(() => expect(bySku.heard.told.at(-1)).toMatchObject({ quantity: 7 }))
		expect(byStatus.heard.told).toHaveLength(1)
	})

	test('are told at once of what this process counts', async () => {
		const orders = createTestLog()
		const process = startSalesProcess(database, orders.readEvents, noon)
		await using feed = openSalesFeed({ ...createSalesReadStore(database), log }, { intervalMs: 600_000 })
		const watcher = listener()
		await feed.watch({ by: 'category', step: '1m' }, watcher)
		orders.append(paid('a', 1))
		await process.catchUp()
		feed.folded()
		await eventually(() => expect(watcher.heard.told).toMatchObject([{ key: 'Metals/Gold', quantity: 1 }]))
	})

	test('are told what changes also when they begin while all others end', async () => {
		const orders = createTestLog()
		const process = startSalesProcess(database, orders.readEvents, noon)
		await using feed = openSalesFeed({ ...createSalesReadStore(database), log }, { intervalMs: 10 })
		const stop = await feed.watch({ by: 'sku', step: '1m' }, listener())
		const watcher = listener()
		const watching = feed.watch({ by: 'sku', step: '1m' }, watcher)
		stop()
		await watching
		orders.append(paid('a', 1))
		await process.catchUp()
		await eventually(() => expect(watcher.heard.told).toMatchObject([{ orders: 1 }]))
	})

	test('read all anew when the log was put back', async () => {
		const orders = createTestLog()
		const process = startSalesProcess(database, orders.readEvents, noon)
		orders.append(paid('a', 1))
		orders.append(paid('b', 1))
		await process.catchUp()
		await using feed = openSalesFeed({ ...createSalesReadStore(database), log }, { intervalMs: 600_000 })
		const watcher = listener()
		await feed.watch({ by: 'sku', step: '1m' }, watcher)
		orders.putBack(1)
		orders.append(paid('c', 1))
		await process.catchUp()
		feed.folded()
		await eventually(() => expect(watcher.heard.resets).toBe(1))
		orders.append(paid('d', 1))
		await process.catchUp()
		feed.folded()
		await eventually(() => expect(watcher.heard.told).toMatchObject([{ orders: 3 }]))
	})

	test('read all anew when much has changed while the database was away', async () => {
		const orders = createTestLog()
		const process = startSalesProcess(database, orders.readEvents, noon)
		await using feed = openSalesFeed({ ...createSalesReadStore(database), log }, { intervalMs: 600_000 })
		const watcher = listener()
		await feed.watch({ by: 'sku', step: '1m' }, watcher)
		for (let page = 0; page < 20; page++) {
			orders.append(paid(`order-${page}`, 1))
			await process.catchUp()
		}
		feed.folded()
		await eventually(() => expect(watcher.heard.resets).toBe(1))
	})
})
