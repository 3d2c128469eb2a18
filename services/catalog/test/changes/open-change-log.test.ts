import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test, vi } from 'vitest'
import type { ChangeEntry } from '../../src/changes/log/change-entry.ts'
import { openChangeLog } from '../../src/changes/log/open-change-log.ts'
import { type ChangeStores, openChangeStores, quiet } from './open-change-stores.ts'

const options = {
	retentionMs: 3_600_000,
	toEvent: (entry: ChangeEntry) => entry,
	sizeOf: ({ changes }: ChangeEntry) => changes.length,
}

const openLog = ({ log: store }: Pick<ChangeStores, 'log'>) => openChangeLog({ ...store, log: quiet }, options)

const lastIs = (log: Awaited<ReturnType<typeof openLog>>, last: number) =>
	eventually(() => expect(log.tail.last()).toBe(last))

/** What a failover does that loses the end of the log: other entries get its positions, all at once. */
async function putBack({ database }: Pick<ChangeStores, 'database'>, from: number, last: number): Promise<void> {
	await database.transaction(async (transaction) => {
		await transaction.query('delete from product_change where position >= $1', [from])
		await transaction.query(
			`insert into product_change (position, changes) select position, '[]' from generate_series($1::bigint, $2::bigint) as position`,
			[from, last],
		)
		await transaction.query('update product_change_log set last_position = $1', [last])
	})
}

describe.each(engines)('the opened log of product changes on %s', (engine) => {
	test('numbers changes although nobody reads them', async () => {
		await using stores = await openChangeStores(engine)
		await using log = await openLog(stores)
		await stores.create('A')
		await lastIs(log, 1)
		expect((await log.tail.read(0)).events).toMatchObject([{ position: 1 }])
	})

	test('settles at a position that covers what was committed before', async () => {
		await using stores = await openChangeStores(engine)
		await using log = await openLog(stores)
		const heard: number[] = []
		log.onSettled(({ position }) => heard.push(position))
		for (const sku of ['A', 'B', 'C']) {
			await stores.create(sku)
			const [one, other] = await Promise.all([log.settle(), log.settle()])
			expect(one).toBe(other)
			expect(log.tail.last()).toBe(one.position)
			expect(one.identity).toEqual((await log.findPlaces([one.position])).identities.get(one.position))
			expect(log.settled()?.position).toBe(one.position)
		}
		expect(log.tail.last()).toBe(3)
		expect(heard).toEqual(heard.toSorted((one, other) => one - other))
		expect(heard.at(-1)).toBe(3)
	})

	test('forgets what it has read when other entries have got its positions', async () => {
		await using stores = await openChangeStores(engine)
		await using log = await openLog(stores)
		for (const sku of ['A', 'B', 'C']) await stores.create(sku)
		await lastIs(log, 3)
		const { events } = await log.tail.read(0)
		const onReset = vi.fn()
		log.tail.onReset(onReset)
		await putBack(stores, 3, 5)
		await lastIs(log, 5)
		expect(onReset).toHaveBeenCalledTimes(1)
		const again = (await log.tail.read(0)).events
		expect(again.slice(0, 2)).toEqual(events.slice(0, 2))
		expect(again[2]?.xid).not.toBe(events[2]?.xid)
		expect((await log.settle()).position).toBe(5)
		expect(onReset).toHaveBeenCalledTimes(1)
	})

	test('forgets what it has read when another log has taken its place', async () => {
		await using stores = await openChangeStores(engine)
		await using log = await openLog(stores)
		await log.settle()
		const before = log.settled()?.logId
		const reset = new Promise<void>((resolve) => void log.tail.onReset(resolve))
		await stores.database.query('update product_change_log set log_id = gen_random_uuid()')
		await reset
		expect((await log.settle()).logId).not.toBe(before)
	})

	test('who waits for a moment when the log is closed gets an error', async () => {
		await using stores = await openChangeStores(engine)
		const store = { ...stores.log, assignPositions: () => Promise.reject(new Error('no writer')) }
		const log = await openLog({ log: store })
		const settled = log.settle().catch((error: Error) => error.message)
		await log[Symbol.asyncDispose]()
		expect(await settled).toBe('the log of product changes is closed')
	})
})
