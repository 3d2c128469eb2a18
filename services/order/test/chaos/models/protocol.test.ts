import { expect, test } from 'vitest'
import { exploreProtocol, type Guard, spareGuard } from './protocol-model.ts'

test('no order of events breaks the order protocol', () => {
	const { states, violation } = exploreProtocol()
	console.log(`the order protocol has ${states} states`)
	expect(violation).toBeUndefined()
	expect(states).toBeGreaterThan(100_000)
})

const brokenWithout: Record<Exclude<Guard, typeof spareGuard>, string> = {
	'no insert after notAfter': 'an order that may be paid has its hold',
	'a hold as long as the window and the budget': 'an order that may be paid has its hold',
	'asking again moves the end of the hold': 'an order that may be paid has its hold',
	'released is final': 'an ended order holds nothing, once the outbox is empty',
	'only the outbox releases': 'nothing is released before there is an order',
	'one order per id': 'one order per key',
	'the fingerprint': 'who is answered 201 has ordered that',
	'no payment after expiresAt': 'who pays has a hold',
	'shipping waits for the commit': 'a shipped order is sold',
	'transitions only from what was read': 'orders keep to their states',
	'the command is written with the transition': 'a paid order is sold, once the outbox is empty',
	'the relay settles after the answer': 'a paid order is sold, once the outbox is empty',
	'the lock on a reservation': 'an order that may be paid has its hold',
	'the lock on the shelf': 'nothing is oversold',
	'a swept hold looks at the shelf again': 'nothing is oversold',
	'other lines only once the hold has run out': 'what is held or sold for an order is what was ordered',
	'a call ends with its deadline': 'what is held or sold for an order is what was ordered',
	'what is asked for as new changes nothing that is there': 'what is held or sold for an order is what was ordered',
}

test.each(Object.entries(brokenWithout) as [Guard, string][])(
	'without "%s" it is not true that %s',
	(guard, invariant) => {
		const { violation } = exploreProtocol(guard)
		expect(violation?.invariant).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)

test(`without "${spareGuard}" all is still true`, () => {
	expect(exploreProtocol(spareGuard).violation).toBeUndefined()
})
