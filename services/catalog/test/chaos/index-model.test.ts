import { expect, test } from 'vitest'
import { exploreIndex, type IndexGuard } from './index-model.ts'

test('no order of steps breaks an invariant of the index of the search', () => {
	const { states, violation } = exploreIndex()
	console.log(`the index of the search has ${states} states`)
	expect(violation?.trace).toBeUndefined()
	expect(states).toBeGreaterThan(50_000)
})

const missing = 'a search finds every product'
const twice = 'a search finds no product twice'
const brokenWithout: Record<IndexGuard, string> = {
	'a segment is written with its product': missing,
	'one fold at a time': twice,
	'a fold is one transaction': twice,
	'postings and the list of segments are read at one moment': missing,
	'a read begins again when a segment is gone': missing,
	'only listed segments are searched': twice,
	'a text that changes gets a new doc': twice,
	'rows are replaced only if they are still there': twice,
	'rows are read before it is asked which docs are needed': missing,
	'a doc stays while a search can need it': missing,
}

test.each(Object.entries(brokenWithout) as [IndexGuard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreIndex(guard)
		expect(violation?.invariant, violation?.trace.join('; ')).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)
