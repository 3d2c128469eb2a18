import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { createPacedTurns } from '../../src/streaming/paced-turns.ts'

const kilobytes = 1024

test('turns come in the order in which they were asked for, none is lost, and a gauge tells how many wait', async () => {
	const turns = createPacedTurns({ bytesPerSecond: 100_000 * kilobytes })
	const waiting = async () => (await register.getSingleMetric('mercat_stream_turns_waiting')?.get())?.values
	const seen: number[] = []
	for (let turn = 0; turn < 100; turn++) {
		turns.wait(async () => {
			seen.push(turn)
			return 1
		})
	}
	expect(await waiting()).toMatchObject([{ value: 100 }])
	await eventually(() => expect(seen).toHaveLength(100))
	expect(await waiting()).toMatchObject([{ value: 0 }])
	expect(seen).toEqual(Array.from({ length: 100 }, (_, turn) => turn))
})

test('a reader that always has more takes turns with the others', async () => {
	const turns = createPacedTurns({ bytesPerSecond: 100_000 * kilobytes })
	const seen: string[] = []
	const follow = (name: string) =>
		turns.wait(async () => {
			seen.push(name)
			if (seen.length < 300) follow(name)
			return 32 * kilobytes
		})
	for (const name of ['a', 'b', 'c']) follow(name)
	await eventually(() => expect(seen.length).toBeGreaterThanOrEqual(300))
	expect(seen.slice(0, 300).join('')).toBe('abc'.repeat(100))
})

test('all turns together stay below the rate', async () => {
	const bytesPerSecond = 2_000 * kilobytes
	const turns = createPacedTurns({ bytesPerSecond })
	let bytes = 0
	let isOver = false
	const startedAt = performance.now()
	const follow = () =>
		turns.wait(async () => {
			bytes += 32 * kilobytes
			if (!isOver) follow()
			return 32 * kilobytes
		})
	follow()
	follow()
	await eventually(() => expect(bytes).toBeGreaterThan(1_000 * kilobytes))
	isOver = true
	const seconds = (performance.now() - startedAt) / 1_000
	expect(seconds).toBeGreaterThan(0.4)
	expect(bytes / seconds).toBeLessThan(1.3 * bytesPerSecond)
})

test('the event loop turns between turns, so that other work goes on', async () => {
	const turns = createPacedTurns({ bytesPerSecond: 100_000 * kilobytes })
	let done = 0
	let others = 0
	const other = () => {
		others++
		if (done < 400) setImmediate(other)
	}
	setImmediate(other)
	for (let turn = 0; turn < 400; turn++) {
		turns.wait(async () => {
			done++
			return 0
		})
	}
	await eventually(() => expect(done).toBe(400))
	expect(others).toBeGreaterThanOrEqual(50)
})
