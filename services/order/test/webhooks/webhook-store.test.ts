import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDeliveryLogStore } from '../../src/webhooks/managing/delivery-log-store.ts'
import { createWebhookStore } from '../../src/webhooks/managing/webhook-store.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'
import { plantDelivery, plantWebhook } from './prepared-database.ts'

const orderId = randomUUID()

describe.each(engines)('the store of webhooks on %s', (engine) => {
	let stores: Awaited<ReturnType<typeof openStores>>
	let webhooks: ReturnType<typeof createWebhookStore>
	let deliveries: ReturnType<typeof createDeliveryLogStore>
	beforeAll(async () => {
		stores = await openStores(engine)
		webhooks = createWebhookStore(stores.database)
		deliveries = createDeliveryLogStore(stores.database)
	})
	afterAll(() => stores[Symbol.asyncDispose]())

	/** A webhook at position 10 that a process works on, and that has failed some times in a row. */
	async function plantBusy({ state = 'active', failures = 3, held = false } = {}): Promise<string> {
		const id = randomUUID()
		await plantWebhook(stores.database, { id, position: 10 })
		await stores.database.query(
			"update webhook set state = $2, since_position = 5, failures_in_row = $3, hold_until = $4, lease_id = gen_random_uuid(), leased_until = '2999-01-01' where id = $1",
			[id, state, failures, held ? '2999-01-01' : '-infinity'],
		)
		await plantDelivery(stores.database, { webhookId: id, position: 1, orderId, state: 'pending' })
		await plantDelivery(stores.database, { webhookId: id, position: 2, orderId, state: 'dead' })
		return id
	}

	async function factsOf(id: string) {
		const [row] = await stores.database.query<Record<string, unknown>>(
			`select position, since_position as since, failures_in_row as failures, hold_until > now() as held, lease_id is not null as leased, leased_until > now() as busy,
				(select jsonb_agg(jsonb_build_object('state', state, 'tries', tries, 'due', next_attempt_at <= clock_timestamp(), 'fresh', trying_since > '2026-01-02') order by position) from webhook_delivery where webhook_id = $1) as deliveries
			from webhook where id = $1`,
			[id],
		)
		return row
	}

	const untouched = [
		{ state: 'pending', tries: 7, due: false, fresh: false },
		{ state: 'dead', tries: 7, due: null, fresh: false },
	]
	const revived = [{ state: 'pending', tries: 0, due: true, fresh: true }, untouched[1]]
	const busy = { position: 10, since: 5, failures: 3, held: false, leased: true, busy: true, deliveries: untouched }

	test('a webhook begins after every transition that was committed before it was made, and before every later one', async () => {
		const make = async () => {
			const id = randomUUID()
			return webhooks.insertWebhook(
				{ id, url: 'https://shop.example/', types: ['*'], description: '', sealed: 'one' },
				100,
			)
		}
		const placeMany = (count: number) =>
			stores.placingStore.insertOrders(Array.from({ length: count }, () => orderWrite(randomUUID(), 'mine')))
		await placeMany(3)
		const first = await make()
		await placeMany(2)
		const second = await make()
		expect((second?.position ?? 0) - (first?.position ?? 0)).toBe(2)
		expect(await stores.eventLogStore.ends()).toMatchObject({ last: second?.position })
		expect((await stores.eventLogStore.assignPositions(10)).events).toBe(0)
	})

	test('a webhook with other types counts them from its position on, and the process goes on with it', async () => {
		const id = await plantBusy()
		await webhooks.changeWebhook(id, { types: ['mercat.order.paid.v1'] })
		expect(await factsOf(id)).toEqual({ ...busy, since: 10 })
	})

	test('a change that alters nothing leaves the work on a webhook alone', async () => {
		const id = await plantBusy()
		await stores.database.query(
			"update webhook set types = '{mercat.order.paid.v1,mercat.order.placed.v1}' where id = $1",
			[id],
		)
		const change = {
			url: 'https://shop.example/planted',
			types: ['mercat.order.placed.v1' as const, 'mercat.order.paid.v1' as const],
			state: 'active' as const,
			description: 'x',
		}
		await webhooks.changeWebhook(id, change)
		expect(await factsOf(id)).toEqual(busy)
	})

	test('a webhook that is resumed, or has another URL, gets its pending events at once', async () => {
		const resumed = await plantBusy({ state: 'paused', failures: 30 })
		await webhooks.changeWebhook(resumed, { state: 'active' })
		expect(await factsOf(resumed)).toEqual({ ...busy, failures: 0, deliveries: revived })

		const moved = await plantBusy({ failures: 30, held: true })
		await webhooks.changeWebhook(moved, { url: 'https://shop.example/moved' })
		expect(await factsOf(moved)).toEqual({ ...busy, failures: 0, deliveries: revived })
	})

	test.each<[string, { failures?: number; held?: boolean }]>([
		['counts as down', { failures: 20 }],
		['has asked to wait', { held: true }],
	])('a webhook whose receiver %s is tried again at once when somebody asks for it', async (_name, state) => {
		const resumed = await plantBusy(state)
		await webhooks.changeWebhook(resumed, { state: 'active' })
		expect(await factsOf(resumed)).toEqual({ ...busy, failures: 0, deliveries: revived })

		const replayed = await plantBusy(state)
		await webhooks.replayFrom(replayed, 7)
		expect(await factsOf(replayed)).toEqual({ ...busy, position: 7, failures: 0, deliveries: revived })

		const tested = await plantBusy(state)
		await webhooks.revive(tested)
		expect(await factsOf(tested)).toEqual({ ...busy, failures: 0, deliveries: revived })

		const described = await plantBusy(state)
		await webhooks.changeWebhook(described, { description: 'x' })
		expect(await factsOf(described)).toMatchObject({ deliveries: untouched })
	})

	test('a webhook that does not count as down is left as it is', async () => {
		const id = await plantBusy({ failures: 19 })
		await webhooks.revive(id)
		expect(await factsOf(id)).toEqual({ ...busy, failures: 19 })
	})

	test('deliveries that wait for an earlier one wait on when the webhook is tried again', async () => {
		const id = await plantBusy({ failures: 30 })
		await stores.database.query('update webhook_delivery set next_attempt_at = null where webhook_id = $1', [id])
		await webhooks.revive(id)
		expect((await factsOf(id))?.['deliveries']).toMatchObject([{ state: 'pending', due: null }, {}])
	})

	test('a paused webhook keeps its pending events', async () => {
		const id = await plantBusy()
		await webhooks.changeWebhook(id, { state: 'paused' })
		expect(await factsOf(id)).toEqual(busy)
	})

	test('a replay moves a webhook back, to before its types began to count if need be, and never forward', async () => {
		const id = await plantBusy()
		await webhooks.replayFrom(id, 12)
		expect(await factsOf(id)).toEqual(busy)
		await webhooks.replayFrom(id, 7)
		expect(await factsOf(id)).toEqual({ ...busy, position: 7 })
		await webhooks.replayFrom(id, 3)
		expect(await factsOf(id)).toEqual({ ...busy, position: 3, since: 3 })
	})

	test('a dead delivery that is sent again has three days from now', async () => {
		const id = await plantBusy()
		await deliveries.redeliver(id, 2)
		expect((await factsOf(id))?.['deliveries']).toEqual([untouched[0], revived[0]])
	})

	describe('a rotation', () => {
		const dayMs = 86_400_000
		const make = () => {
			const id = randomUUID()
			return webhooks.insertWebhook(
				{ id, url: 'https://shop.example/', types: ['*'], description: '', sealed: 'one' },
				100,
			)
		}

		test('a replaced secret signs for a day more, and at most ten replaced secrets are kept', async () => {
			const { id = '' } = (await make()) ?? {}
			const rotated = await webhooks.rotateSecret(id, 'two')
			expect(rotated?.secrets).toEqual([{ sealed: 'two' }, { sealed: 'one', signsUntil: expect.any(String) }])
			const until = rotated?.secrets[1]?.signsUntil ?? ''
			expect(Math.abs(Date.parse(until) - Date.now() - dayMs)).toBeLessThan(60_000)

			expect((await webhooks.rotateSecret(id, 'three'))?.secrets).toEqual([
				{ sealed: 'three' },
				{ sealed: 'two', signsUntil: expect.any(String) },
				{ sealed: 'one', signsUntil: until },
			])
			for (let count = 4; count <= 12; count++) await webhooks.rotateSecret(id, `the ${count}th`)
			const names = (await webhooks.findWebhook(id))?.secrets.map(({ sealed }) => sealed)
			expect(names).toHaveLength(11)
			expect([names?.[0], names?.at(-1)]).toEqual(['the 12th', 'two'])
		})

		test('a secret that no longer signs is dropped', async () => {
			const { id = '' } = (await make()) ?? {}
			await stores.database.query('update webhook set secrets = $2 where id = $1', [
				id,
				JSON.stringify([{ sealed: 'two' }, { sealed: 'one', signsUntil: '2026-01-01T00:00:00Z' }]),
			])
			const names = (await webhooks.rotateSecret(id, 'three'))?.secrets.map(({ sealed }) => sealed)
			expect(names).toEqual(['three', 'two'])
		})

		test('rotations at the same time lose no secret', async () => {
			const { id = '' } = (await make()) ?? {}
			await Promise.all([webhooks.rotateSecret(id, 'two'), webhooks.rotateSecret(id, 'three')])
			const names = (await webhooks.findWebhook(id))?.secrets.map(({ sealed }) => sealed)
			expect(names?.toSorted()).toEqual(['one', 'three', 'two'])
			expect(names?.at(-1)).toBe('one')
		})
	})
})
