import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { describeRequest } from '../../src/refusals/describe-request.ts'
import { keptMs, type Loss } from '../../src/refusals/kept-request.ts'
import { createKeptRequestStore } from '../../src/refusals/kept-request-store.ts'
import { openStores } from '../open-stores.ts'
import { notedRequest } from './noted-request.ts'

const hour = 3_600_000
const recordAt = (at: number, customer = 'ann') => describeRequest(notedRequest({ customer }), at)
const thisMinute = new Date().toISOString()
const lossOf = (fields: Partial<Loss>): Loss => ({
	keeper: 1,
	write: 1,
	minute: thisMinute,
	requests: 1,
	...fields,
})

describe.each(engines)('the table of kept requests on %s', (engine) => {
	test('a record that is stored twice is there once', async () => {
		await using stores = await openStores(engine)
		const store = createKeptRequestStore(stores.database)
		const records = [recordAt(Date.now()), recordAt(Date.now())]
		expect(await store.keep(records)).toBe(true)
		expect(await store.keep(records)).toBe(true)
		expect(await store.listRefusals({ pageSize: 10 })).toHaveLength(2)
	})

	test('a loss that is stored twice counts once, and the next one of the same minute is added', async () => {
		await using stores = await openStores(engine)
		const store = createKeptRequestStore(stores.database)
		const [first, second] = [lossOf({ write: 1, requests: 2 }), lossOf({ write: 2, requests: 5 })]
		for (const loss of [first, first, second, second, first]) expect(await store.keep([], loss)).toBe(true)
		expect(await store.countLost(keptMs)).toBe(7)
		await store.keep([], lossOf({ keeper: 2, write: 1, requests: 10 }))
		expect(await store.countLost(keptMs)).toBe(17)
	})

	test('records go after a day, and then do not count as lost', async () => {
		await using stores = await openStores(engine)
		const store = createKeptRequestStore(stores.database)
		const now = Date.now()
		await store.keep([recordAt(now - 25 * hour, 'old'), recordAt(now - 23 * hour, 'new')])
		expect(await store.prune(keptMs, 1_000, 100)).toBe(1)
		expect(await store.listRefusals({ pageSize: 10 })).toMatchObject([{ customerId: 'new' }])
		expect(await store.countLost(keptMs)).toBe(0)
	})

	test('the oldest records go when there are too many, a limited number at once, and count as lost', async () => {
		await using stores = await openStores(engine)
		const store = createKeptRequestStore(stores.database)
		const now = Date.now()
		const records = Array.from({ length: 10 }, (_, index) => recordAt(now - index * 1_000, `customer-${index}`))
		await store.keep(records)
		expect(await store.prune(keptMs, 4, 5)).toBe(5)
		expect(await store.prune(keptMs, 4, 5)).toBe(1)
		expect(await store.prune(keptMs, 4, 5)).toBe(0)
		const left = await store.listRefusals({ pageSize: 10 })
		expect(left.map(({ customerId }) => customerId)).toEqual(['customer-0', 'customer-1', 'customer-2', 'customer-3'])
		expect(await store.countLost(keptMs)).toBe(6)
	})

	test('losses of more than a day ago are forgotten', async () => {
		await using stores = await openStores(engine)
		const store = createKeptRequestStore(stores.database)
		await store.keep([], lossOf({ requests: 3 }))
		await stores.database.query("update kept_request_loss set minute = minute - interval '25 hours'")
		await store.keep([], lossOf({ requests: 4 }))
		expect(await store.countLost(keptMs)).toBe(4)
		await store.prune(keptMs, 10, 10)
		expect(await stores.database.query('select requests from kept_request_loss')).toEqual([{ requests: 4 }])
	})
})

test('a record is bounded, whatever the client has sent', () => {
	const errors = Array.from({ length: 500 }, (_, index) => ({
		pointer: `#/${'x'.repeat(50_000)}${index}`,
		code: 'additionalProperties',
		detail: 'must not be there',
	}))
	const problem = Object.assign(notedRequest().problem ?? {}, { extensions: { errors } })
	const record = describeRequest(notedRequest({ problem: problem as never }), Date.now())
	expect(record.members.errors).toHaveLength(20)
	expect(JSON.stringify(record).length).toBeLessThan(8_000)
})
