import type { Database } from '@mercat/database/database'
import { expect, test, vi } from 'vitest'
import { type Inventory, type InventoryOperation, openInventory } from './open-inventory.ts'

const [one, another] = ['00000000-0000-5000-8000-00000000000a', '00000000-0000-5000-8000-00000000000b']
const lines = { CUP: 1 }

test('of two buyers of the last piece at two replicas one gets it, and one is told that it is gone', async () => {
	await using inventory = await stockedInventory(1)
	const answers = await atOnce(inventory, 'stock', [
		{ reserve: [{ orderId: one, lines }] },
		{ reserve: [{ orderId: another, lines }] },
	])
	expect(answers).toEqual([['held'], ['OUT_OF_STOCK CUP:0']])
	expect((await inventory.read()).levels).toMatchObject([{ onHand: 1, held: 1 }])
})

test('a commit and a release of one order at two replicas see what the other did', async () => {
	await using inventory = await stockedInventory(1)
	await inventory.perform({ reserve: [{ orderId: one, lines }] })
	expect(await atOnce(inventory, 'reservation', [{ commit: [one] }, { release: [one] }])).toEqual([[''], ['committed']])
	expect((await inventory.read()).levels).toMatchObject([{ onHand: 1, held: 0, ledger: 1 }])
})

test('an order that another replica holds meanwhile takes nothing from the others in its batch', async () => {
	await using inventory = await stockedInventory(2)
	const batch = [one, another].map((orderId) => ({ orderId, lines }))
	const answers = await atOnce(inventory, 'stock', [{ reserve: [{ orderId: one, lines }] }, { reserve: batch }])
	expect(answers).toEqual([['held'], ['held', 'held']])
	expect((await inventory.read()).levels).toMatchObject([{ onHand: 2, held: 2 }])
})

async function stockedInventory(amount: number): Promise<Inventory> {
	const inventory = await openInventory('postgres', ['CUP'])
	await inventory.perform({ change: { kind: 'set', sku: 'CUP', amount, requestId: '' } })
	return inventory
}

/** Has each replica get as far as the rows of `table` let it, one behind the other, and then lets both go on. */
async function atOnce({ database, perform }: Inventory, table: string, operations: InventoryOperation[]) {
	const underWay = await database.transaction(async (transaction) => {
		await transaction.query(`select from ${table} for update`)
		const answers: Promise<unknown>[] = []
		for (const [replica, operation] of operations.entries()) {
			answers.push(perform(operation, replica))
			await waitingForLocks(database, replica + 1)
		}
		return { answers }
	})
	return Promise.all(underWay.answers)
}

async function waitingForLocks(database: Database, count: number): Promise<void> {
	const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
	await vi.waitFor(async () => expect(await database.query(waiting)).toHaveLength(count), {
		timeout: 10_000,
		interval: 10,
	})
}
