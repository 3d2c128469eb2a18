import { randomUUID } from 'node:crypto'
import { openDatabase } from '@mercat/database/database'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createInboxMark } from '../../src/events/inbox-mark.ts'
import { openStores } from '../open-stores.ts'
import { orderWrite } from '../order-write.ts'

test('the mark moves to an id when all transactions that may have it have ended and a run has taken all', () => {
	const mark = createInboxMark()
	mark.note({ lastId: 10, xmin: 5, xmax: 9, timeline: '1', tookAll: true })
	expect(mark.id).toBe(0)
	// Transaction 11 may have the id 10: it began before this run, and after the run that read the id.
	mark.note({ lastId: 20, xmin: 9, xmax: 12, timeline: '1', tookAll: true })
	expect(mark.id).toBe(0)
	mark.note({ lastId: 30, xmin: 12, xmax: 15, timeline: '1', tookAll: false })
	expect(mark.id).toBe(0)
	mark.note({ lastId: 40, xmin: 12, xmax: 16, timeline: '1', tookAll: true })
	expect(mark.id).toBe(10)
})

test('the mark stays while an older transaction is open', () => {
	const mark = createInboxMark()
	for (let run = 1; run < 10; run++) mark.note({ lastId: run, xmin: 3, xmax: 4 + run, timeline: '1', tookAll: true })
	expect(mark.id).toBe(0)
})

test('the mark begins again on a new timeline, on which ids may come again', () => {
	const mark = createInboxMark()
	mark.note({ lastId: 10, xmin: 5, xmax: 5, timeline: '1', tookAll: true })
	mark.note({ lastId: 10, xmin: 6, xmax: 6, timeline: '1', tookAll: true })
	expect(mark).toMatchObject({ id: 10, timeline: '1' })
	mark.note({ lastId: 8, xmin: 5, xmax: 5, timeline: '2', tookAll: true })
	expect(mark).toMatchObject({ id: 0, timeline: '2' })
	mark.note({ lastId: 9, xmin: 6, xmax: 6, timeline: '2', tookAll: true })
	expect(mark.id).toBe(8)
})

type Step = 'begin' | 'commit the oldest' | 'commit the newest' | 'roll back the oldest' | 'run' | 'run a part'

test('in any history no transition that is not taken has an id up to the mark', () => {
	const step = fc.constantFrom<Step[]>(
		'begin',
		'commit the oldest',
		'commit the newest',
		'roll back the oldest',
		'run',
		'run a part',
	)
	const history = fc.array(fc.record({ step, meanwhile: fc.array(step, { maxLength: 3 }) }), { maxLength: 40 })
	let furthest = 0
	fc.assert(
		fc.property(history, (happens) => {
			const mark = createInboxMark()
			// A transaction has its own id before it has an id of the inbox.
			let [lastXid, lastId] = [0, 0]
			let open: { xid: number; id: number }[] = []
			let waiting: number[] = []
			function happen(next: Step, meanwhile: Step[] = []): void {
				const one = next === 'commit the newest' ? open.at(-1) : open[0]
				if (next === 'begin') open.push({ xid: ++lastXid, id: ++lastId })
				else if (next.startsWith('run')) run(next === 'run' ? waiting.length + 1 : 1, meanwhile)
				else if (one !== undefined) {
					open = open.filter((other) => other !== one)
					if (next.startsWith('commit')) waiting.push(one.id)
				}
			}
			function run(limit: number, meanwhile: Step[]): void {
				const due = waiting.filter((id) => id > mark.id).sort((a, b) => a - b)
				const taken = due.slice(0, limit)
				const view = { xmin: Math.min(lastXid + 1, ...open.map(({ xid }) => xid)), xmax: lastXid + 1, timeline: '1' }
				waiting = waiting.filter((id) => !taken.includes(id))
				// The last id is read after the snapshot, so that transactions come in between.
				for (const other of meanwhile) if (!other.startsWith('run')) happen(other)
				mark.note({ ...view, lastId, tookAll: taken.length < limit })
			}
			for (const { step: next, meanwhile } of happens) {
				happen(next, meanwhile)
				for (const id of [...waiting, ...open.map((transaction) => transaction.id)]) expect(id).toBeGreaterThan(mark.id)
				furthest = Math.max(furthest, mark.id)
			}
		}),
		{ numRuns: 3_000 },
	)
	expect(furthest).toBeGreaterThan(2)
})

test('a transition that is committed long after later ones still gets its position, and its order keeps its versions', async () => {
	await using stores = await openStores('postgres')
	await using second = await openDatabase(stores.url)
	const { eventLogStore, placingStore } = stores
	const [late, ...others] = Array.from({ length: 12 }, () => randomUUID()) as [string, ...string[]]
	const [written, committing] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
	const open = second.transaction(async (transaction) => {
		await transaction.query(`insert into orders (id, customer_id, idempotency_key, fingerprint, status, items, currency,
			total_minor, details, placed_at, updated_at, expires_at, history)
			values ('${late}', 'ann', 'late', decode(repeat('ab', 32), 'hex'), 'placed', '[]', 'EUR', 0, '{}', now(), now(), now(),
				jsonb_build_array(jsonb_build_object('from', null, 'to', 'placed', 'when', now(), 'who', 'ann', 'messages', 0)))`)
		written.resolve()
		await committing.promise
	})
	await written.promise
	for (const id of others) {
		await placingStore.insertOrders([orderWrite(id, 'mine')])
		expect(await eventLogStore.assignPositions(100)).toMatchObject({ events: 1 })
	}
	committing.resolve()
	await open
	expect(await eventLogStore.assignPositions(100)).toMatchObject({ events: 1, lastPosition: 12 })
	expect((await eventLogStore.readBlock(11, 12)).map(({ orderId }) => orderId)).toEqual([late])
})
