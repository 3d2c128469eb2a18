import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { DeliveryRecord, Settlement } from '../../src/webhooks/dispatching/leased-webhook.ts'
import { createSettleStore } from '../../src/webhooks/dispatching/settle-store.ts'
import { openStores } from '../open-stores.ts'

const nothing: Settlement = { records: [], hasDelivered: false, failures: 0, isGone: false, keepsLease: true }
const event = { position: 4, orderId: randomUUID(), version: 1, type: 'mercat.order.placed.v1' }
const attempt = { at: '2026-11-29T10:00:00.000Z', ms: 3 }
const failed: DeliveryRecord = { event, state: 'pending', attempt, delayMs: 3_600_000 }
const waits: DeliveryRecord = { event, state: 'pending', delayMs: 0 }

/** A webhook at position 3 that a process has leased. */
async function openLeased(engine: (typeof engines)[number]) {
	const stores = await openStores(engine)
	const lease = { webhookId: randomUUID(), leaseId: randomUUID(), leaseMs: 30_000 }
	await stores.database.query(
		`insert into webhook (id, origin, url, types, position, since_position, lease_id, leased_until)
		values ($1, 'api', 'https://shop.example/', '{*}', 3, 0, $2, clock_timestamp())`,
		[lease.webhookId, lease.leaseId],
	)
	const { settle } = createSettleStore(stores.database)
	return {
		settle: (settlement: Partial<Settlement>) => settle(lease, { ...nothing, ...settlement }),
		async delivery() {
			const [row] = await stores.database.query(`
				select state, tries, jsonb_array_length(attempts) as attempts, trying_since as since,
					next_attempt_at > clock_timestamp() + interval '59 minutes' as later
				from webhook_delivery`)
			return row
		},
		database: stores.database,
		[Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
	}
}

test.each(engines)('a batch moves the position only from where it was read, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	expect(await webhook.settle({ read: { from: 2, to: 9 } })).toMatchObject({ position: 3 })
	expect(await webhook.settle({ read: { from: 3, to: 9 } })).toMatchObject({ position: 9 })
	expect(await webhook.settle({})).toMatchObject({ position: 9 })
})

test.each(engines)('failures count until a delivery, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	expect(await webhook.settle({ failures: 5 })).toMatchObject({ failuresInRow: 5 })
	expect(await webhook.settle({ failures: 7 })).toMatchObject({ failuresInRow: 12 })
	expect(await webhook.settle({ failures: 1, hasDelivered: true })).toMatchObject({ failuresInRow: 1 })
})

test.each(engines)('an event that waits stays as it is when it was tried before, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	expect(await webhook.settle({ records: [failed] })).toMatchObject({ hasPending: true })
	const before = await webhook.delivery()
	expect(before).toMatchObject({ state: 'pending', tries: 1, attempts: 1, later: true })
	expect(await webhook.settle({ records: [waits] })).toMatchObject({ hasPending: true })
	expect(await webhook.delivery()).toEqual(before)
	expect(await webhook.settle({ records: [failed] })).toMatchObject({ hasPending: true })
	expect(await webhook.delivery()).toEqual({ ...before, tries: 2, attempts: 2 })
	expect(await webhook.settle({ records: [{ ...failed, state: 'delivered' }] })).toMatchObject({ hasPending: false })
	expect(await webhook.delivery()).toMatchObject({ state: 'delivered', tries: 3, attempts: 3, later: null })
})

test.each(engines)('an event that is delivered again after a replay has three days again, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	await webhook.settle({ records: [{ ...failed, state: 'dead' }] })
	await webhook.database.query("update webhook_delivery set trying_since = trying_since - interval '3 days'")
	await webhook.settle({ records: [failed] })
	const [row] = await webhook.database.query(
		"select state, tries, trying_since > clock_timestamp() - interval '1 minute' as again from webhook_delivery",
	)
	expect(row).toEqual({ state: 'pending', tries: 1, again: true })
})

test.each(engines)('the lease of a paused webhook ends with the batch, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	await webhook.database.query("update webhook set state = 'paused'")
	expect(await webhook.settle({ records: [failed] })).toMatchObject({ state: 'paused' })
	expect(await webhook.settle({})).toBeUndefined()
	expect(await webhook.delivery()).toMatchObject({ tries: 1 })
})
