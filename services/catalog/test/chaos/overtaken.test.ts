import type { Database } from '@mercat/database/database'
import { expect, test, vi } from 'vitest'
import { openInventory } from './open-inventory.ts'

const [twice, other] = ['00000000-0000-5000-8000-00000000000a', '00000000-0000-5000-8000-00000000000b']

test('an order that another replica holds meanwhile takes nothing from the others in its batch', async () => {
	await using inventory = await openInventory('postgres', ['CUP'])
	const { database, perform } = inventory
	await perform({ change: { kind: 'set', sku: 'CUP', amount: 2, requestId: '' } })
	const lines = { CUP: 1 }

	// Both replicas have seen that the order is not there, and wait for the shelf, one behind the other.
	const [first, second] = await database.transaction(async (transaction) => {
		await transaction.query('select from stock for update')
		const first = perform({ reserve: [{ orderId: twice, lines }] }, 0)
		await waitingForLocks(database, 1)
		const second = perform(
			{
				reserve: [
					{ orderId: twice, lines },
					{ orderId: other, lines },
				],
			},
			1,
		)
		await waitingForLocks(database, 2)
		return [first, second]
	})
	expect(await Promise.all([first, second])).toEqual([['held'], ['held', 'held']])
	expect((await inventory.read()).levels).toMatchObject([{ onHand: 2, held: 2 }])
})

async function waitingForLocks(database: Database, count: number): Promise<void> {
	await vi.waitFor(async () => {
		const rows = await database.query(
			"select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
		)
		expect(rows).toHaveLength(count)
	})
}
