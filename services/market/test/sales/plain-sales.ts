import type { Database } from '@mercat/database/database'
import { salesDimensions, salesSteps } from '@mercat/market-api/sales-schemas'
import { stepMs } from '../../src/folding/bars/bar.ts'
import type { SalesStep } from '../../src/sales/sales-row.ts'
import type { Transition } from './test-log.ts'

/** Sales as lines of text, such as `sku paid 2026-11-30T12:00:00.000Z GOLD EUR: 2 orders, 3 pieces, 2997`. */
export type PlainSales = Record<SalesStep, string[]>

/** The sales of some transitions, made one by one: for each row, all transitions are looked at. */
export function plainSales(transitions: readonly Transition[], categoryOf: (sku: string) => string): PlainSales {
	return forEach((step) => {
		const rows = new Set<string>()
		const parts = transitions.flatMap(({ order, version, status, atMs, currency, lines }) => {
			const begin = new Date(Math.floor(atMs / stepMs[step]) * stepMs[step]).toISOString()
			return lines.flatMap((line) =>
				salesDimensions.map((dimension) => {
					const keys = { sku: line.sku, category: categoryOf(line.sku), status }
					const of = dimension === 'status' ? '-' : status
					return {
						row: `${dimension} ${of} ${begin} ${keys[dimension]} ${currency}`,
						id: `${order} ${version}`,
						...line,
					}
				}),
			)
		})
		for (const { row } of parts) rows.add(row)
		return [...rows].sort().map((row) => {
			const mine = parts.filter((part) => part.row === row)
			const orders = new Set(mine.map(({ id }) => id)).size
			return textOf(
				row,
				orders,
				sum(mine.map(({ quantity }) => quantity)),
				sum(mine.map(({ amountMinor }) => amountMinor)),
			)
		})
	})
}

type StoredRow = { row: string; orders: number; quantity: number; amount: string }

/** The sales that a database has. */
export async function storedSales(database: Database): Promise<PlainSales> {
	const stored = forEach(() => [] as string[])
	for (const step of salesSteps) {
		const rows = await database.query<StoredRow & { beginMs: number; rest: string }>(`
			select concat_ws(' ', dimension, coalesce(nullif(status, ''), '-')) as row,
				(extract(epoch from begin) * 1000)::float8 as "beginMs", key || ' ' || currency as rest,
				orders, quantity, amount_minor::text as amount
			from sales_${step} where (orders, quantity, amount_minor) <> (0, 0, 0)`)
		stored[step] = rows
			.map(({ row, beginMs, rest, orders, quantity, amount }) => ({
				row: `${row} ${new Date(beginMs).toISOString()} ${rest}`,
				orders,
				quantity,
				amount,
			}))
			.sort((one, other) => (one.row < other.row ? -1 : 1))
			.map(({ row, orders, quantity, amount }) => textOf(row, orders, quantity, amount))
	}
	return stored
}

function textOf(row: string, orders: number, quantity: number | bigint, amount: bigint | string): string {
	return `${row}: ${orders} orders, ${quantity} pieces, ${amount}`
}

function sum(numbers: readonly number[]): bigint {
	return numbers.reduce((sum, number) => sum + BigInt(number), 0n)
}

function forEach<T>(make: (step: SalesStep) => T): Record<SalesStep, T> {
	return { '1m': make('1m'), '1h': make('1h'), '1d': make('1d') }
}
