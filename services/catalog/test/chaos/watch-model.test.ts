import { expect, test } from 'vitest'
import { exploreWatching, type WatchGuard } from './watch-model.ts'

test('no order of steps has a watcher miss a change, or hear it twice', () => {
	const { states, violation } = exploreWatching()
	console.log(`watching has ${states} states`)
	expect(violation?.trace).toBeUndefined()
	expect(states).toBeGreaterThan(50_000)
})

const missing = 'a watcher misses no change'
const twice = 'a watcher is told no change twice'
const brokenWithout: Record<WatchGuard, string> = {
	'readers follow positions, and not ids': missing,
	'a stream begins where the log ended before its state was read': missing,
	'a chunk and its snapshot are read at one moment': twice,
	'changes that a chunk has are left out': twice,
	'a chunk is settled by a run that began after its read': twice,
	'a chunk that is not settled is read again after a cut': missing,
	'a stream is cut when the database was away': missing,
	'an entry is known by its identity, and not by its position alone': missing,
	'a token whose entry is deleted is refused': missing,
}

test.each(Object.entries(brokenWithout) as [WatchGuard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreWatching(guard)
		expect(violation?.invariant, violation?.trace.join('; ')).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)
