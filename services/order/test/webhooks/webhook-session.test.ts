import { randomUUID } from 'node:crypto'
import { createLog, type Logger } from '@mercat/service/log'
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

test('a session logs a delivery when it first fails, when it is taken after that, and when it is dead', async () => {
	const lines: string[] = []
	const at = (level: string) => (facts: { event?: number }) => void lines.push(`${level} ${facts.event}`)
	const leased = { id: randomUUID(), state: 'active', failuresInRow: 0 } as LeasedWebhook
	const session = openSession(
		leased,
		{
			settle: () => Promise.resolve(leased),
			post: () => Promise.reject(new Error('nothing is sent')),
			onRecovery() {},
			log: { info: at('info'), warn: at('warn'), error: at('error') } as unknown as Logger,
		},
		{ leaseMs: 30_000, stop: new AbortController().signal },
	)
	const event = { position: 1, orderId: randomUUID(), version: 1, type: 'mercat.order.placed.v1' }
	const attempt = { at: '2026-11-29T10:00:00Z', ms: 3 }
	const settle = (state: DeliveryRecord['state'], failedBefore: number) =>
		session.settle({ ...emptyBatch, records: [{ event, state, attempt, failedBefore, delayMs: 0 }] })
	for (const failedBefore of [0, 1, 2]) await settle('pending', failedBefore)
	await settle('delivered', 3)
	await settle('delivered', 0)
	await settle('dead', 9)
	await session.settle({ ...emptyBatch, records: [{ event, state: 'pending', delayMs: 0 }] })
	expect(lines).toEqual(['warn 1', 'info 1', 'error 1'])
})
