import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SalesCursor, SalesQuery } from '../../src/sales/sales-query.ts'
import { createSalesReadStore } from '../../src/sales/sales-read-store.ts'
import { openMarketDatabase } from '../market-database.ts'
import { noon } from '../noon.ts'
import { emptySales, startSalesProcess } from './sales-process.ts'
import { createTestLog, type Transition } from './test-log.ts'

const hourMs = 3_600_000

function transition(order: string, atMs: number, skus: string[], status = 'paid', currency = 'EUR'): Transition {
	const lines = skus.map((sku) => ({ sku, quantity: 1, amountMinor: 100 }))
	return { order, version: 2, status, atMs, currency, lines }
}

/** Counts transitions in a database that had none. */
async function sell(database: Database, ...transitions: Transition[]): Promise<void> {
	await emptySales(database)
	const log = createTestLog()
	for (const transition of transitions) log.append(transition)
	await startSalesProcess(database, log.readEvents, noon).catchUp()
}

const query: SalesQuery = {
	by: 'sku',
	step: '1h',
	status: 'paid',
	fromMs: noon - 24 * hourMs,
	toMs: noon,
	limit: 100,
}

describe.each(engines)('sales that are read on %s', (engine) => {
	let database: Database
	beforeAll(async () => {
		database = await openMarketDatabase(engine, noon)
	})
	afterAll(() => database[Symbol.asyncDispose]())

	test('are those whose step begins in the span, in the order of time, key and currency, page by page', async () => {
		await sell(
			database,
			transition('a', noon - 1, ['B', 'a', 'A']),
			transition('b', noon - hourMs - 1, ['A'], 'paid', 'JPY'),
			transition('c', noon - hourMs - 1, ['A']),
			transition('d', noon - 25 * hourMs, ['A']),
			transition('e', noon, ['A']),
			transition('f', noon - 1, ['A'], 'placed'),
		)
		const { readRows } = createSalesReadStore(database)
		const seen: string[] = []
		let after: SalesCursor | undefined
		for (;;) {
			const page = await readRows({ ...query, limit: 2, after })
			seen.push(...page.map(({ beginMs, key, currency }) => `${(noon - beginMs) / hourMs} ${key} ${currency}`))
			after = page.at(-1)
			if (page.length < 2) break
		}
		expect(seen).toEqual(['2 A EUR', '2 A JPY', '1 A EUR', '1 B EUR', '1 a EUR'])
	})

	test('count an order with two products of a category once for the category and once by status', async () => {
		await sell(database, transition('a', noon - 1, ['GOLD', 'GOLD-2', 'TIN']))
		const { readRows } = createSalesReadStore(database)
		const row = ({
			key,
			orders,
			quantity,
			amountMinor,
		}: {
			key: string
			orders: number
			quantity: number
			amountMinor: number
		}) => [key, orders, quantity, amountMinor]
		expect((await readRows({ ...query, by: 'category' })).map(row)).toEqual([
			['', 1, 1, 100],
			['Metals/Gold', 1, 2, 200],
		])
		expect((await readRows({ ...query, by: 'status' })).map(row)).toEqual([['paid', 1, 3, 300]])
	})

	test('tell through when all transitions are counted', async () => {
		await sell(database, transition('a', noon - 1, ['GOLD']))
		const { findMark } = createSalesReadStore(database)
		expect(await findMark()).toMatchObject({ throughMs: noon })
		await emptySales(database)
		expect(await findMark()).toMatchObject({ throughMs: null })
	})

	test('have at most the largest exact amount', async () => {
		const large = {
			...transition('a', noon - 1, ['GOLD']),
			lines: [{ sku: 'GOLD', quantity: 1, amountMinor: Number.MAX_SAFE_INTEGER }],
		}
		await sell(database, large, { ...large, order: 'b' })
		const [row] = await createSalesReadStore(database).readRows(query)
		expect(row).toMatchObject({ orders: 2, amountMinor: Number.MAX_SAFE_INTEGER })
	})
})
