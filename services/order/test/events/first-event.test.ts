import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test('the first transition of a new database gets a position, however often the writer has run before', async () => {
	await using stores = await openStores('postgres')
	const { eventLogStore, placingStore } = stores
	for (let run = 0; run < 5; run++) await eventLogStore.assignPositions(100)
	await placingStore.insertOrders([orderWrite(randomUUID(), 'mine')])
	expect(await eventLogStore.assignPositions(100)).toMatchObject({ events: 1, lastPosition: 1 })
})
