import { expect, test } from 'vitest'
import { waitForLocks } from '../catalog-database.ts'
import { type Inventory, type InventoryOperation, openInventory } from './open-inventory.ts'

const [one, another] = ['00000000-0000-5000-8000-00000000000a', '00000000-0000-5000-8000-00000000000b']
const lines = { CUP: 1 }

test('of two buyers who ask two replicas for the last piece, one gets it and the other hears that it is gone', async () => {
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

test('an order that another replica holds at that moment takes no stock from the other orders of its batch', async () => {
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

/** Locks the rows of `table`, lets one replica after the other run into the lock, and then lets both go on. */
async function atOnce({ database, perform }: Inventory, table: string, operations: InventoryOperation[]) {
	const underWay = await database.transaction(async (transaction) => {
		await transaction.query(`select from ${table} for update`)
		const answers: Promise<unknown>[] = []
		for (const [replica, operation] of operations.entries()) {
			answers.push(perform(operation, replica))
			await waitForLocks(database, replica + 1)
		}
		return { answers }
	})
	return Promise.all(underWay.answers)
}
