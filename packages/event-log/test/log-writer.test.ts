import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { createLogWriterMetrics, startLogWriter } from '../src/log-writer.ts'
import { openLogStore } from './log-store.ts'
import { range } from './open-log.ts'

type Store = Awaited<ReturnType<typeof openLogStore>>

/** A writer that gives ten positions in a run. It records its runs and what it logs. */
function startWriter(store: Store) {
	const runs: number[] = []
	const delays: number[] = []
	const errors: string[] = []
	const writer = startLogWriter(
		{
			async assign() {
				const assignment = await store.assign(10)
				runs.push(assignment.events)
				return assignment
			},
			prune: async () => 0,
			metrics: {
				delaySeconds: { observe: (delayS: number) => void delays.push(delayS) },
				waitingSeconds: { set: () => {} },
			},
			log: { error: (_facts: unknown, message?: string) => void errors.push(message ?? '') },
		},
		{ name: 'changes' },
	)
	return { ...writer, runs, delays, errors }
}

const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`)
const untilLast = (store: Store, last: number) => eventually(async () => expect((await store.ends()).last).toBe(last))

describe.each(engines)('the writer of a log on %s', (engine) => {
	test('gives positions in the order of the events, a bounded number at once, and tells the last one', async () => {
		await using store = await openLogStore(engine)
		await store.add(texts(25))
		await using writer = startWriter(store)
		const told: number[] = []
		const stop = writer.onPositions((lastPosition) => told.push(lastPosition))
		await untilLast(store, 25)
		expect((await store.readBlock(0, 100)).map(({ text }) => text)).toEqual(texts(25))
		await eventually(() => expect(told.slice(0, 3)).toEqual([10, 20, 25]))
		expect(writer.runs.slice(0, 3)).toEqual([10, 10, 5])
		expect(writer.delays).toHaveLength(3)
		stop()
		const toldBefore = told.length
		await store.add(texts(1))
		writer.wake()
		await untilLast(store, 26)
		expect(told).toHaveLength(toldBefore)
	})

	test('shares the log with a writer of another process, and no position is given twice', async () => {
		await using store = await openLogStore(engine)
		await using one = startWriter(store)
		await using other = startWriter(store)
		for (let round = 1; round <= 10; round++) {
			await store.add(texts(25))
			one.wake()
			other.wake()
		}
		await untilLast(store, 250)
		expect((await store.readBlock(0, 1_000)).map(({ position }) => position)).toEqual(range(1, 250))
	})

	test('goes on after a failure, which it logs', async () => {
		await using store = await openLogStore(engine)
		await store.database.query('alter table log rename to moved')
		await using writer = startWriter(store)
		await eventually(() => expect(writer.errors).toContain('writer of changes failed; it goes on'))
		await store.database.query('alter table moved rename to log')
		await store.add(texts(3))
		await untilLast(store, 3)
	})
})

test('the metrics of a log have its prefix and name what waits', async () => {
	createLogWriterMetrics({ prefix: 'mercat_test', subject: 'change' })
	const text = await register.metrics()
	expect(text).toContain('# HELP mercat_test_delay_seconds How long the oldest change of a run had waited')
	expect(text).toContain('# HELP mercat_test_waiting_seconds How long the oldest change has waited')
})
