import { expect, test } from 'vitest'
import { exploreLog, type LogGuard } from './log-model.ts'

test('no order of steps breaks an invariant of the log of events', () => {
	const { states, violation } = exploreLog()
	console.log(`the log of events has ${states} states`)
	expect(violation).toBeUndefined()
	expect(states).toBeGreaterThan(50_000)
})

const brokenWithout: Record<LogGuard, string> = {
	'a reader reads by position': 'a reader misses no event',
	'one writer at a time': 'a position has one event',
	'a writer takes the rows in the order of their ids': 'the versions of an order ascend in the log',
	'the log counts the positions': 'positions become visible in ascending order',
	'a writer reads the last position under the lock': 'a position has one event',
	'an event gets a position once': 'an event has one position',
	'a transition takes its id under the lock of its order': 'the versions of an order ascend in the log',
	'a restore writes only first versions again': 'the versions of an order ascend in the log',
}

test.each(Object.entries(brokenWithout) as [LogGuard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreLog(guard)
		expect(violation?.invariant, violation?.trace.join('; ')).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)
