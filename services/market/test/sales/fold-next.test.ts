import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { plainSales, storedSales } from './plain-sales.ts'
import { categoryOf, emptySales, startSalesProcess } from './sales-process.ts'
import { createTestLog, type Transition } from './test-log.ts'

/** A transition of an order of its own. */
function paid(order: string, sku = 'GOLD'): Transition {
	return {
		order,
		version: 2,
		status: 'paid',
		atMs: noon - 1_000,
		currency: 'EUR',
		lines: [{ sku, quantity: 2, amountMinor: 2_580 }],
	}
}

function logOf(...orders: string[]) {
	const log = createTestLog()
	for (const order of orders) log.append(paid(order))
	return log
}

const sold = (...transitions: Transition[]) => plainSales(transitions, categoryOf)

describe.each(engines)('the place of the sales in the log on %s', (engine) => {
	let database: Database
	beforeAll(async () => {
		database = await openMarketDatabase(engine, noon)
	})
	beforeEach(() => emptySales(database))
	afterAll(() => database[Symbol.asyncDispose]())

	test('moves with the sales: what a process counts without an answer is counted once', async () => {
		const log = logOf('a', 'b')
		let failures = 0
		const failing: Pick<Database, 'query' | 'transaction' | 'engine'> = {
			...database,
			async transaction(work, budget) {
				const result = await database.transaction(work, budget)
				if (failures++ === 0) throw new Error('the answer is lost')
				return result
			},
		}
		const process = startSalesProcess(failing as Database, log.readEvents, noon)
		await expect(process.step()).rejects.toThrow('the answer is lost')
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b')))
		log.append(paid('c'))
		await process.catchUp()
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b'), paid('c')))
	})

	test('stays when the transaction fails after the first statements', async () => {
		const log = logOf('a', 'b')
		const failing: Database = {
			...database,
			transaction: (work, budget) =>
				database.transaction(async (transaction) => {
					await work(transaction)
					await transaction.query('select 1 / 0')
					throw new Error('not reached')
				}, budget),
		}
		const process = startSalesProcess(failing, log.readEvents, noon)
		await expect(process.step()).rejects.toThrow('division by zero')
		expect(await storedSales(database)).toEqual(sold())
		const next = startSalesProcess(database, log.readEvents, noon)
		await next.takeOver()
		await next.catchUp()
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b')))
	})

	test('is moved by one of two processes that have read the same page', async () => {
		const log = logOf('a')
		const one = startSalesProcess(database, log.readEvents, noon)
		const other = startSalesProcess(database, log.readEvents, noon)
		await one.catchUp()
		await other.takeOver()
		log.append(paid('b'))
		expect(await one.step()).toEqual({ kind: 'lost' })
		await other.catchUp()
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b')))
	})

	test('is not moved by a process that was away while the log was put back and has grown to its place again', async () => {
		const log = logOf('a', 'b')
		const late = Promise.withResolvers<void>()
		const isRead = Promise.withResolvers<void>()
		let isSlow = false
		const slow = startSalesProcess(
			database,
			async (...request) => {
				const answer = await log.readEvents(...request)
				if (isSlow) {
					isRead.resolve()
					await late.promise
				}
				return answer
			},
			noon,
		)
		await slow.catchUp()
		log.append(paid('lost'))
		isSlow = true
		const step = slow.step()
		await isRead.promise
		const other = startSalesProcess(database, log.readEvents, noon)
		log.putBack(1)
		log.append(paid('c'))
		await other.takeOver()
		await other.catchUp()
		late.resolve()
		expect(await step).toEqual({ kind: 'lost' })
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('c')))
	})

	test('goes on after events that were deleted, and the break is told', async () => {
		const log = logOf('a', 'b')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		for (const order of ['c', 'd', 'e']) log.append(paid(order))
		log.expire(5)
		await process.catchUp()
		expect(process.breaks).toEqual([{ reason: 'expired', events: 2 }])
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b'), paid('e')))
	})

	test('misses nothing when only events that it has counted are deleted', async () => {
		const log = logOf('a', 'b')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		log.append(paid('c'))
		log.expire(3)
		await process.catchUp()
		expect(process.breaks).toEqual([])
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b'), paid('c')))
	})

	test('goes back when the log was put back, with other events at the same positions', async () => {
		const log = logOf('a', 'b', 'c')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		for (const order of ['d', 'e']) log.append(paid(order))
		await process.catchUp()
		log.putBack(2)
		for (const order of ['x', 'y', 'z', 'w']) log.append(paid(order, 'TIN'))
		await process.catchUp()
		expect(process.breaks).toEqual([
			{ reason: 'put_back', events: 2 },
			{ reason: 'put_back', events: 1 },
		])
		const orders = [paid('a'), paid('b'), ...['x', 'y', 'z', 'w'].map((order) => paid(order, 'TIN'))]
		expect(await storedSales(database)).toEqual(sold(...orders))
	})

	test('goes back by the lost events only, where the first ones of their page are deleted', async () => {
		const log = logOf('a', 'b', 'c')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		log.putBack(2)
		log.expire(2)
		log.append(paid('x'))
		await process.catchUp()
		expect(process.breaks).toEqual([{ reason: 'put_back', events: 1 }])
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b'), paid('x')))
	})

	test('goes back by one event that the order repeats later, at the same position', async () => {
		const log = logOf('a', 'b')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		log.putBack(1)
		const later = { ...paid('b'), atMs: noon }
		log.append(later)
		await process.catchUp()
		expect(await storedSales(database)).toEqual(sold(paid('a'), later))
	})

	test('goes to the end of a log that is shorter than all that is known, and counts nothing twice', async () => {
		const log = logOf('a', 'b', 'c')
		const process = startSalesProcess(database, log.readEvents, noon)
		await process.catchUp()
		// What was counted longer ago than the last pages.
		await database.query('delete from sales_page')
		await process.takeOver()
		log.putBack(1)
		await process.catchUp()
		log.append(paid('d'))
		await process.catchUp()
		expect(process.breaks).toEqual([{ reason: 'beyond_end', events: 0 }])
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b'), paid('c'), paid('d')))
	})

	test('passes events of types that the sales do not know', async () => {
		const log = logOf('a')
		log.append({ ...paid('a'), version: 3, status: 'gilded' })
		log.append(paid('b'))
		await startSalesProcess(database, log.readEvents, noon).catchUp()
		expect(await storedSales(database)).toEqual(sold(paid('a'), paid('b')))
	})
})

test('a log of many pages is counted to its end', async () => {
	await using database = await openMarketDatabase('postgres', noon)
	const log = createTestLog()
	const transitions = Array.from({ length: 1_201 }, (_, index) => paid(`order-${index}`, `SKU-${index % 7}`))
	for (const transition of transitions) log.append(transition)
	await startSalesProcess(database, log.readEvents, noon).catchUp()
	expect(await storedSales(database)).toEqual(sold(...transitions))
})
