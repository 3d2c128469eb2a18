import { expect, test } from 'vitest'
import type { ApplyingGuard } from './applying-guards.ts'
import { exploreApplying } from './applying-model.ts'

test('no order of steps loses a price, or lets one go back', () => {
	const { states, violation } = exploreApplying()
	console.log(`applying has ${states} states`)
	expect(violation?.trace).toBeUndefined()
	expect(states).toBeGreaterThan(50_000)
})

const blocks = 'each message is in one block, and the position is behind the last one'
const back = 'no price of a product goes back'
const lost = 'at the end the catalog has the newest price of each product'
const brokenWithout: Record<ApplyingGuard, string> = {
	'the position is stored with its block': blocks,
	'a block has the number after the last one': blocks,
	'only the owner stores blocks': blocks,
	'only the owner stores rounds': lost,
	'a round is stored before it is sent': lost,
	'a round is stored only while its process knows the one before': back,
	'a round that is stored already is known by its prices': lost,
	'a round has the blocks of the moment at which it was taken': lost,
	'a round has only blocks that the database has': lost,
	'the next round waits for the answers to the one before': lost,
	'a process begins with the stored round': lost,
	'a process reads the blocks that are in no round': lost,
	'sequences begin with the time': lost,
	'the catalog refuses older sequences': back,
}

test.each(Object.entries(brokenWithout) as [ApplyingGuard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreApplying(guard)
		expect(violation?.invariant, violation?.trace.join('; ')).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(25)
	},
)
