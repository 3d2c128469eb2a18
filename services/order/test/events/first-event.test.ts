import { setTimeout as sleep } from 'node:timers/promises'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test.each(engines)('the first transition of a new database gets its event after a pause, on %s', async (engine) => {
	await using stores = await openStores(engine)
	const { eventLogStore, placingStore } = stores
	// As the writer of a service that has just started, and has nothing to do yet.
	for (let run = 0; run < 4; run++) await eventLogStore.assignPositions(500)
	await sleep(10)
	await placingStore.insertOrders([orderWrite('8f9327af-a615-40c9-b8a4-1e836388d3c5', 'mine')])
	await eventLogStore.assignPositions(500)
	await eventLogStore.assignPositions(500)
	expect(await eventLogStore.ends()).toEqual({ first: 1, last: 1 })
})
