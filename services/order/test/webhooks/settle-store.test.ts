import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'

import type { DeliveryRecord, Settlement } from '../../src/webhooks/dispatching/leased-webhook.ts'
import { createSettleStore } from '../../src/webhooks/dispatching/settle-store.ts'
import { createDeliveryLogStore } from '../../src/webhooks/managing/delivery-log-store.ts'
import { openStores } from '../open-stores.ts'

const noCounts = { hasDelivered: false, failures: 0, holdMs: 0, goneUrl: null }
const nothing: Settlement = { records: [], ...noCounts, keepsLease: true }
const types = ['*']
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
		id: lease.webhookId,
		database: stores.database,
		[Symbol.asyncDispose]: () => stores[Symbol.asyncDispose](),
	}
}

test.each(engines)('a batch moves the position only from where it was read, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	expect(await webhook.settle({ read: { from: 2, to: 9, types } })).toMatchObject({ position: 3 })
	expect(await webhook.settle({ read: { from: 3, to: 9, types } })).toMatchObject({ position: 9 })
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

test.each(engines)('a batch that was read for other types moves nothing, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	const asked = ['mercat.order.paid.v1', 'mercat.order.placed.v1']
	await webhook.database.query('update webhook set types = $1', [asked])
	const batch = { records: [failed], read: { from: 3, to: 9, types } }
	expect(await webhook.settle(batch)).toMatchObject({ position: 3, types: asked })
	expect(await webhook.delivery()).toMatchObject({ attempts: 1 })
	// The order of the types has no meaning.
	const again = { read: { from: 3, to: 9, types: asked.toReversed() } }
	expect(await webhook.settle(again)).toMatchObject({ position: 9 })
})

test.each(engines)('the lease of a paused webhook lasts until the batch is recorded, on %s', async (engine) => {
	await using webhook = await openLeased(engine)
	await webhook.database.query("update webhook set state = 'paused'")
	expect(await webhook.settle({})).toMatchObject({ state: 'paused' })
	expect(await webhook.settle({ records: [failed], keepsLease: false })).toMatchObject({ state: 'paused' })
	expect(await webhook.delivery()).toMatchObject({ tries: 1 })
	expect(await webhook.settle({})).toBeUndefined()
})

test.each(engines)(
	'an answer of 410 pauses the webhook only when it came from its present URL, on %s',
	async (engine) => {
		await using webhook = await openLeased(engine)
		expect(await webhook.settle({ goneUrl: 'https://shop.example/former' })).toMatchObject({ state: 'active' })
		expect(await webhook.settle({ goneUrl: 'https://shop.example/' })).toMatchObject({ state: 'paused' })
	},
)

test.each(engines)(
	'a receiver that asks to wait is held until the latest time that it has asked for, on %s',
	async (engine) => {
		await using webhook = await openLeased(engine)
		expect(await webhook.settle({})).toMatchObject({ isHeld: false })
		expect(await webhook.settle({ holdMs: 3_600_000 })).toMatchObject({ isHeld: true })
		expect(await webhook.settle({ holdMs: 60_000, hasDelivered: true })).toMatchObject({ isHeld: true })
		await webhook.database.query("update webhook set hold_until = hold_until - interval '59 minutes'")
		expect(await webhook.settle({})).toMatchObject({ isHeld: true })
		await webhook.database.query("update webhook set hold_until = hold_until - interval '1 minute'")
		expect(await webhook.settle({})).toMatchObject({ isHeld: false })
	},
)

describe.each(engines)('of the pending deliveries of an order only the first has a next attempt, on %s', (engine) => {
	const at = (version: number, state: DeliveryRecord['state'], isTried = true): DeliveryRecord => ({
		event: { ...event, position: 3 + version, version },
		state,
		delayMs: isTried ? 3_600_000 : 0,
		...(isTried && { attempt }),
	})
	const waits = (version: number) => at(version, 'pending', false)
	/** For each delivery: whether it is due now or later; undefined when it has no next attempt. */
	const dues = (database: Database) =>
		database
			.query<{ due: string | null }>(`
				select case when next_attempt_at <= clock_timestamp() then 'now' when next_attempt_at is not null then 'later' end as due
				from webhook_delivery order by position`)
			.then((rows) => rows.map(({ due }) => due ?? undefined))
	const none = undefined

	test('in one batch, and in the batches that settle the first one', async () => {
		await using webhook = await openLeased(engine)
		await webhook.settle({ records: [at(3, 'pending', false), at(1, 'delivered'), at(2, 'pending'), waits(4)] })
		expect(await dues(webhook.database)).toEqual([none, 'later', none, none])
		await webhook.settle({ records: [waits(5)] })
		expect(await dues(webhook.database)).toEqual([none, 'later', none, none, none])
		await webhook.settle({ records: [at(2, 'delivered')] })
		expect(await dues(webhook.database)).toEqual([none, none, 'now', none, none])
		await webhook.settle({ records: [at(3, 'dead')] })
		expect(await dues(webhook.database)).toEqual([none, none, none, 'now', none])
		await webhook.settle({ records: [at(4, 'delivered'), at(5, 'pending')] })
		expect(await dues(webhook.database)).toEqual([none, none, none, none, 'later'])
	})

	test('also when an earlier event fails after a replay', async () => {
		await using webhook = await openLeased(engine)
		await webhook.settle({ records: [at(1, 'delivered'), at(2, 'pending')] })
		await webhook.settle({ records: [at(1, 'pending')] })
		expect(await dues(webhook.database)).toEqual(['later', none])
		await webhook.settle({ records: [waits(1), waits(2)] })
		expect(await dues(webhook.database)).toEqual(['later', none])
	})

	test('and the recovery of the receiver lets the others wait', async () => {
		await using webhook = await openLeased(engine)
		await webhook.settle({ records: [at(1, 'pending'), waits(2)], failures: 20 })
		const other = { ...at(6, 'delivered'), event: { ...event, position: 9, orderId: randomUUID() } }
		await webhook.settle({ records: [other], hasDelivered: true })
		expect(await dues(webhook.database)).toEqual(['now', none, none])
	})

	test('and a delivery that is sent again takes its place among them', async () => {
		await using webhook = await openLeased(engine)
		const { redeliver } = createDeliveryLogStore(webhook.database)
		await webhook.settle({ records: [at(1, 'dead'), at(2, 'pending'), at(3, 'pending', false)] })
		await webhook.settle({ records: [at(2, 'delivered')] })
		expect(await dues(webhook.database)).toEqual([none, none, 'now'])
		expect(await redeliver(webhook.id, 4)).toMatchObject({ state: 'pending', nextAttemptAt: expect.any(Date) })
		expect(await dues(webhook.database)).toEqual(['now', none, none])
		expect(await redeliver(webhook.id, 5)).toMatchObject({ state: 'pending', nextAttemptAt: null })
		await webhook.settle({ records: [at(1, 'delivered')] })
		expect(await dues(webhook.database)).toEqual([none, 'now', none])
	})
})
