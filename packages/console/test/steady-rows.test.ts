import { expect, test } from 'vitest'
import { steadyRows } from '../src/page/screens/webhooks/deliveries/steady-rows.js'

const rowsOf = (state: string, ...ids: number[]) => ids.map((id) => ({ id: String(id), state }))

test('newer rows are counted and move none', () => {
	const { rows, newer } = steadyRows(rowsOf('pending', 10, 9, 8), rowsOf('delivered', 12, 11, 10, 9))
	expect(rows).toEqual([...rowsOf('delivered', 10, 9), ...rowsOf('pending', 8)])
	expect(newer).toBe(2)
})

test('a row that has left the list stays in its place', () => {
	expect(steadyRows(rowsOf('dead', 10, 9, 8), rowsOf('dead', 10, 8)).rows).toEqual(rowsOf('dead', 10, 9, 8))
})

test('the rows of a later page are added at the end', () => {
	expect(steadyRows(rowsOf('dead', 10, 9), rowsOf('dead', 10, 9, 8, 7)).rows).toEqual(rowsOf('dead', 10, 9, 8, 7))
})

test('an empty list takes all rows', () => {
	expect(steadyRows([], rowsOf('dead', 2, 1))).toEqual({ rows: rowsOf('dead', 2, 1), newer: 0 })
})
