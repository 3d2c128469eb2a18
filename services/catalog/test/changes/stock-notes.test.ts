import { eventually } from '@mercat/testing/eventually'
import { expect, test, vi } from 'vitest'
import { startStockNotes } from '../../src/changes/availability/stock-notes.ts'
import { quiet } from './open-change-stores.ts'

const never = { intervalMs: 3_600_000 }

test('notes are written beside the work, each product once, and the last ones at the end', async () => {
	const written: string[][] = []
	const writeChanges = async (skus: readonly string[]) => void written.push([...skus])
	{
		await using notes = startStockNotes({ writeChanges, log: quiet }, { intervalMs: 1 })
		notes.note(['A', 'B'])
		notes.note(new Set(['B', 'C']))
		expect(written).toEqual([])
		await eventually(() => expect(written).toEqual([['A', 'B', 'C']]))
	}
	{
		await using notes = startStockNotes({ writeChanges, log: quiet }, never)
		notes.note(['A'])
	}
	expect(written).toEqual([['A', 'B', 'C'], ['A']])
})

test('notes that could not be written are written later', async () => {
	const writeChanges = vi.fn().mockRejectedValueOnce(new Error('away')).mockResolvedValue(undefined)
	const error = vi.fn()
	await using notes = startStockNotes({ writeChanges, log: { error } }, { intervalMs: 1 })
	notes.note(['A'])
	await eventually(() => expect(writeChanges.mock.calls).toEqual([[['A']], [['A']]]))
	expect(error).toHaveBeenCalledTimes(1)
})

test('a process notes a bounded number of products', async () => {
	let count = 0
	const writeChanges = async (skus: readonly string[]) => {
		expect(skus.length).toBeLessThanOrEqual(20_000)
		count += skus.length
	}
	{
		await using notes = startStockNotes({ writeChanges, log: quiet }, never)
		for (let number = 0; number < 250_000; number++) notes.note([`S-${number}`])
	}
	expect(count).toBe(200_000)
})
