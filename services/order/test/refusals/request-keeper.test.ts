import { createLog } from '@mercat/service/log'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { NotedRequest } from '../../src/refusals/describe-request.ts'
import { keptMs } from '../../src/refusals/kept-request.ts'
import { createKeptRequestStore } from '../../src/refusals/kept-request-store.ts'
import { type RequestKeeperOptions, startRequestKeeper } from '../../src/refusals/request-keeper.ts'
import { openStores } from '../open-stores.ts'
import { notedRequest } from './noted-request.ts'

let stores: Awaited<ReturnType<typeof openStores>>
let lines: { level: string; msg: string }[]
beforeEach(async () => {
	stores = await openStores('postgres')
	lines = []
})
afterEach(() => stores[Symbol.asyncDispose]())

const logTo = (to: object[]) => createLog('order', 'debug', { write: (line) => void to.push(JSON.parse(line)) })

function startKeeper(options: RequestKeeperOptions = { intervalMs: 100 }) {
	return startRequestKeeper({ ...createKeptRequestStore(stores.database), log: logTo(lines) }, options)
}

const several = (count: number, fields: (index: number) => Partial<NotedRequest>) =>
	Array.from({ length: count }, (_, index) => notedRequest(fields(index)))

const counts = async () => {
	const rows = await stores.database.query<{ customer: string; count: number }>(
		"select coalesce(customer_id, 'nobody') as customer, count(*) from kept_request group by customer_id",
	)
	return Object.fromEntries(rows.map(({ customer, count }) => [customer, count]))
}
const lost = () => createKeptRequestStore(stores.database).countLost(keptMs)
const dropped = async () =>
	(await register.getSingleMetric('mercat_refusals_dropped_total')?.get())?.values[0]?.value ?? 0

describe('keeping refused requests', () => {
	test('the flood of one customer leaves room for the others, and what is not kept is counted', async () => {
		const before = await dropped()
		await using keeper = startKeeper()
		for (const request of several(1_000, () => ({ customer: 'ann' }))) keeper.note(request)
		keeper.note(notedRequest({ customer: 'ben' }))
		await eventually(async () => expect(await counts()).toEqual({ ann: 100, ben: 1 }))
		expect(await lost()).toBe(900)
		expect((await dropped()) - before).toBe(900)
	})

	test('a flood without tokens from many addresses leaves room for customers', async () => {
		await using keeper = startKeeper()
		const nobody = (index: number) => ({ customer: undefined, address: `2001:db8::${index.toString(16)}` })
		for (const request of several(2_000, nobody)) keeper.note(request)
		for (const request of several(50, (index) => ({ customer: `customer-${index}` }))) keeper.note(request)
		await eventually(async () => {
			expect(await counts()).toMatchObject({ nobody: 250, 'customer-0': 1, 'customer-49': 1 })
		})
		expect(await lost()).toBe(1_750)
	})

	test('a flood without tokens has a share that more addresses and more time do not enlarge much', async () => {
		await using keeper = startKeeper()
		for (let round = 1; round <= 3; round++) {
			const nobody = (index: number) => ({ customer: undefined, address: `10.${round}.${index >> 8}.${index & 255}` })
			for (const request of several(1_000, nobody)) keeper.note(request)
			const kept = Math.min(250 * round, 500)
			await eventually(async () => expect(await lost()).toBe(1_000 * round - kept))
			expect(await counts()).toEqual({ nobody: kept })
		}
	})

	test('a request that comes while a statement is under way is kept by the next one', async () => {
		const store = createKeptRequestStore(stores.database)
		let isFirst = true
		const keep: typeof store.keep = (...given) => {
			const kept = store.keep(...given)
			if (isFirst) keeper.note(notedRequest({ customer: 'ben' }))
			isFirst = false
			return kept
		}
		await using keeper = startRequestKeeper({ ...store, keep, log: logTo(lines) }, { intervalMs: 100 })
		keeper.note(notedRequest())
		await eventually(async () => expect(await counts()).toEqual({ ann: 1, ben: 1 }))
		keeper.note(notedRequest({ customer: 'cat' }))
		await eventually(async () => expect(await counts()).toEqual({ ann: 1, ben: 1, cat: 1 }))
	})

	test('copies that are answered as before do not use up what is there for the refusals of their customer', async () => {
		await using keeper = startKeeper()
		for (const request of several(300, () => ({ status: 201, problem: undefined }))) keeper.note(request)
		keeper.note(notedRequest())
		await eventually(async () => expect(await counts()).toEqual({ ann: 101 }))
	})

	test('no more wait than there is room for, whoever they are from', async () => {
		await using keeper = startKeeper({ intervalMs: 100, mostWaiting: 10 })
		for (const request of several(30, (index) => ({ customer: `customer-${index}` }))) keeper.note(request)
		await eventually(async () => expect(Object.keys(await counts())).toHaveLength(10))
		expect(await lost()).toBe(20)
	})

	test('many requests in a second share a statement, which a request after a pause need not wait for', async () => {
		const store = createKeptRequestStore(stores.database)
		const sizes: number[] = []
		await using keeper = startRequestKeeper(
			{
				...store,
				keep(records, ...rest) {
					sizes.push(records.length)
					return store.keep(records, ...rest)
				},
				log: createLog('order', 'silent'),
			},
			{ intervalMs: 60_000 },
		)
		for (const request of several(20, () => ({}))) keeper.note(request)
		await eventually(async () => expect(await counts()).toEqual({ ann: 20 }))
		keeper.note(notedRequest())
		await keeper[Symbol.asyncDispose]()
		expect(sizes).toEqual([20, 1])
	})

	test('what waits while the table cannot be written is kept once afterwards, with one line in the log', async () => {
		const store = createKeptRequestStore(stores.database)
		let failures = 0
		const keep: typeof store.keep = (...given) =>
			store.keep(...given).catch((error) => {
				failures++
				throw error
			})
		await using keeper = startRequestKeeper({ ...store, keep, log: logTo(lines) }, { intervalMs: 100 })
		await stores.database.transaction(async (transaction) => {
			await transaction.query('lock table kept_request in share mode')
			keeper.note(notedRequest())
			await eventually(() => expect(failures).toBeGreaterThan(0))
			const before = failures
			keeper.note(notedRequest({ customer: 'ben' }))
			await eventually(() => expect(failures).toBeGreaterThan(before + 1))
		})
		await eventually(async () => expect(await counts()).toEqual({ ann: 1, ben: 1 }))
		expect(lines).toMatchObject([{ level: 'error', msg: 'refused requests cannot be kept; this goes on' }])
		expect(await lost()).toBe(0)
	})

	test('what waits at a shutdown is kept', async () => {
		const keeper = startKeeper({ intervalMs: 60_000 })
		keeper.note(notedRequest())
		await keeper[Symbol.asyncDispose]()
		expect(await counts()).toEqual({ ann: 1 })
	})

	test('a record that no table takes is lost, and costs none of the others', async () => {
		await using keeper = startKeeper()
		for (const request of several(30, (index) => ({ customer: `customer-${index}` }))) keeper.note(request)
		keeper.note(notedRequest({ orderId: '-'.repeat(36) }))
		keeper.note(notedRequest({ customer: 'a\0b' }))
		for (const request of several(30, (index) => ({ customer: `later-${index}` }))) keeper.note(request)
		await eventually(async () => expect(await lost()).toBe(2))
		expect(Object.keys(await counts())).toHaveLength(60)
		keeper.note(notedRequest())
		await eventually(async () => expect(await counts()).toMatchObject({ ann: 1 }))
	})

	test('what is lost counts once, although the answers of the database are lost', async () => {
		const store = createKeptRequestStore(stores.database)
		let answers = 0
		const keep: typeof store.keep = async (...given) => {
			const kept = await store.keep(...given)
			answers++
			if (answers <= 3) throw new Error('the connection is lost')
			return kept
		}
		await using keeper = startRequestKeeper({ ...store, keep, log: logTo(lines) }, { intervalMs: 10, mostWaiting: 10 })
		for (const request of several(30, (index) => ({ customer: `customer-${index}` }))) keeper.note(request)
		await eventually(() => expect(answers).toBe(4))
		expect(await lost()).toBe(20)
		expect(Object.keys(await counts())).toHaveLength(10)
	})

	test('a flush writes at once what waits, also what came during the statement that is under way', async () => {
		await using keeper = startKeeper({ intervalMs: 60_000 })
		keeper.note(notedRequest())
		const first = keeper.flush()
		keeper.note(notedRequest({ customer: 'ben' }))
		await Promise.all([first, keeper.flush(), keeper.flush()])
		expect(await counts()).toEqual({ ann: 1, ben: 1 })
		await keeper.flush()
	})

	test('a flush ends also while the table cannot be written', async () => {
		await using keeper = startKeeper({ intervalMs: 60_000 })
		await stores.database.transaction(async (transaction) => {
			await transaction.query('lock table kept_request in share mode')
			keeper.note(notedRequest())
			await keeper.flush()
			expect(await counts()).toEqual({})
		})
		await keeper.flush()
		expect(await counts()).toEqual({ ann: 1 })
	})
})
