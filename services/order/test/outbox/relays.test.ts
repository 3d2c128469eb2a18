import { randomUUID } from 'node:crypto'
import type { Logger } from '@mercat/service/log'
import { expect, test } from 'vitest'
import { startRelays } from '../../src/outbox/relays.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test('messages that wait for WEBHOOK_SECRET are one line in the log, unless none waits', async () => {
	await using stores = await openStores('pglite')
	const lines: object[] = []
	const log = { warn: (facts: object, msg: string) => void lines.push({ ...facts, msg }) } as unknown as Logger
	const never = () => Promise.reject(new Error('there is no command'))
	const commands = {
		commitReservations: never,
		releaseReservations: never,
		acknowledgeCommits: never,
		findOrder: never,
		writeTransition: never,
	}
	const start = async () =>
		(await startRelays({ log, outbox: stores.outboxStore, commands }, {}))[Symbol.asyncDispose]()
	await start()
	expect(lines).toEqual([])
	const orderId = randomUUID()
	await stores.placingStore.insertOrders([orderWrite(orderId, 'mine')])
	await stores.database.query(
		`insert into outbox (order_id, version, destination, type) values ($1, 1, 'https://gone.example/events', 'order.placed')`,
		[orderId],
	)
	await start()
	expect(lines).toEqual([{ urls: 1, msg: 'messages to webhooks wait for WEBHOOK_SECRET' }])
})
