import { expect, test } from 'vitest'
import { exploreSales, type SalesGuard } from './sales-model.ts'

test('no order of steps counts an event twice, or misses one', () => {
	const { states, violation } = exploreSales()
	console.log(`the counting of sales has ${states} states`)
	expect(violation?.trace).toBeUndefined()
	expect(states).toBeGreaterThan(10_000)
})

const twice = 'no event is counted twice'
const other = 'at the end the events of the log are counted, and no others'
const brokenWithout: Record<SalesGuard, string> = {
	'only the process that has the place changes the sales': twice,
	'the place moves with what it counts': other,
	'a page begins with the event that was counted last': other,
	'an event is known by what it tells, and not by its position alone': other,
	'the page before is looked at, too': other,
	'the place goes back with the events that are taken out': other,
}

test.each(Object.entries(brokenWithout) as [SalesGuard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreSales(guard)
		expect(violation?.invariant, violation?.trace.join('; ')).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)
