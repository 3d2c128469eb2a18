import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openLog, range, readPositions } from './open-log.ts'

describe.each(engines)('the tail of the log on %s', (engine) => {
	test('reads each block once, and of a block that grows only the new part', async () => {
		await using log = await openLog(engine)
		await log.write(130)
		using tail = await log.open()
		expect(tail.last()).toBe(130)
		expect(await readPositions(tail)).toEqual(range(1, 130))
		expect(log.reads).toEqual([
			[0, 100],
			[100, 130],
		])
		expect(await readPositions(tail, 50)).toEqual(range(51, 130))
		expect(log.reads).toHaveLength(2)
		await log.write(90)
		expect(await readPositions(tail, 130)).toEqual(range(131, 220))
		expect(log.reads.slice(2)).toEqual([
			[130, 200],
			[200, 220],
		])
		expect(await tail.read(220)).toEqual({ events: [], readTo: 220 })
		expect(await tail.read(1_000)).toEqual({ events: [], readTo: 1_000 })
		expect(log.reads).toHaveLength(4)
	})

	test('reads a block once for all readers that ask at the same time, and two blocks at a time at most', async () => {
		await using log = await openLog(engine)
		await log.write(900)
		await log.write(900)
		using tail = await log.open()
		const positions = [0, 0, 50, 99, 100, 200, 300, 300, 1_400, 1_500, 1_799]
		const parts = await Promise.all(positions.map((position) => tail.read(position)))
		expect(parts.map(({ events }) => events[0]?.position)).toEqual(positions.map((position) => position + 1))
		expect(parts[2]?.events).toEqual(parts[0]?.events.slice(50))
		const begun = log.reads.map(([after]) => after)
		expect(begun.toSorted((one, other) => one - other)).toEqual([0, 100, 200, 300, 1_400, 1_500, 1_700])
		expect(log.mostUnderWay()).toBe(2)
		// A reader near the end does not wait behind the readers that catch up.
		expect(begun.indexOf(1_400)).toBeLessThan(begun.indexOf(100))
	})

	test('tells its listeners when the log has grown, and only then', async () => {
		await using log = await openLog(engine)
		using tail = await log.open()
		const seen: number[] = []
		const stop = tail.onGrowth(() => seen.push(tail.last()))
		await log.write(2)
		await log.write(0)
		await log.write(1)
		stop()
		await log.write(1)
		expect(seen).toEqual([2, 3])
		expect(tail.last()).toBe(4)
	})

	test('passes over gaps of every size, and knows a block with gaps to be complete', async () => {
		await using log = await openLog(engine)
		await log.write(20)
		await log.database.query('update log set last_position = 450')
		await log.write(80)
		await log.database.query('delete from event where position in (5, 460, 500)')
		using tail = await log.open()
		const left = [...range(1, 20), ...range(451, 530)].filter((position) => ![5, 460, 500].includes(position))
		expect(await readPositions(tail)).toEqual(left)
		const reads = log.reads.length
		expect(await readPositions(tail)).toEqual(left)
		expect(log.reads).toHaveLength(reads)
	})

	test('goes straight to the first event that is left when many are deleted', async () => {
		await using log = await openLog(engine)
		await log.database.query('update log set last_position = 5000000')
		await log.write(3)
		using tail = await log.open()
		expect(await readPositions(tail)).toEqual([5_000_001, 5_000_002, 5_000_003])
		expect(log.reads.length).toBeLessThan(4)
	})

	test('reads again after a read that failed', async () => {
		await using log = await openLog(engine)
		await log.write(3)
		using tail = await log.open()
		await log.database.query('alter table event rename to moved')
		await expect(Promise.all([tail.read(0), tail.read(0)])).rejects.toThrow()
		await log.database.query('alter table moved rename to event')
		expect(await readPositions(tail)).toEqual([1, 2, 3])
	})

	test('reads blocks of the given size, and reads again what it has no room for', async () => {
		await using log = await openLog(engine)
		await log.write(25, 'x'.repeat(1_000))
		using tail = await log.open({ positionsPerBlock: 10, mostCachedBytes: 15_000 })
		const blocks = [
			[0, 10],
			[10, 20],
			[20, 25],
		]
		expect(await readPositions(tail)).toEqual(range(1, 25))
		expect(log.reads).toEqual(blocks)
		expect(await readPositions(tail, 20)).toEqual(range(21, 25))
		expect(log.reads).toEqual(blocks)
		expect(await readPositions(tail)).toEqual(range(1, 25))
		expect(log.reads).toEqual([...blocks, ...blocks])
	})
})
