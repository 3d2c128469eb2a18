import { randomUUID } from 'node:crypto'
import { createLog } from '@mercat/service/log'
import { expect, test } from 'vitest'
import type { DeliveryRecord, LeasedWebhook, Settlement } from '../../src/webhooks/dispatching/leased-webhook.ts'
import { createSettleStore } from '../../src/webhooks/dispatching/settle-store.ts'
import { emptyBatch, openSession } from '../../src/webhooks/dispatching/webhook-session.ts'
import { openStores } from '../open-stores.ts'

// At once, a statement that waited for the row of the webhook would not see the pending delivery of the other one.
test('a session records batches that end at once one after another, and knows of the pending deliveries of each', async () => {
	await using stores = await openStores('postgres')
	const lease = { webhookId: randomUUID(), leaseId: randomUUID(), leaseMs: 30_000 }
	const [row] = await stores.database.query<LeasedWebhook>(
		`insert into webhook (id, origin, url, types, position, since_position, lease_id, leased_until)
		values ($1, 'api', 'https://receiver.example', '{*}', 0, 0, $2, 'infinity') returning *, false as "hasPending"`,
		[lease.webhookId, lease.leaseId],
	)
	const store = createSettleStore(stores.database)
	let running = 0
	let mostRunning = 0
	async function settle(settlement: Settlement) {
		mostRunning = Math.max(mostRunning, ++running)
		try {
			return await store.settle(lease, settlement)
		} finally {
			running--
		}
	}
	const session = openSession(
		row as LeasedWebhook,
		{
			settle,
			post: () => Promise.reject(new Error('nothing is sent')),
			onRecovery() {},
			log: createLog('test', 'silent'),
		},
		{ leaseMs: lease.leaseMs, stop: new AbortController().signal },
	)
	const record = (position: number, state: DeliveryRecord['state']): DeliveryRecord => ({
		event: { position, orderId: randomUUID(), version: 1, type: 'mercat.order.placed.v1' },
		state,
		delayMs: 1_000,
	})
	await Promise.all([
		session.settle({ ...emptyBatch, records: [record(1, 'pending')], read: { from: 0, to: 1, types: ['*'] } }),
		session.settle({ ...emptyBatch, records: [record(2, 'delivered')] }),
	])
	expect(mostRunning).toBe(1)
	expect(session.webhook).toMatchObject({ position: 1, hasPending: true })
	await session.release()
})
