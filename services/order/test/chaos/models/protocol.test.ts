import { expect, test } from 'vitest'
import { exploreProtocol, type Guard, spareGuard } from './protocol-model.ts'

test('no order of events breaks an invariant of the order protocol', () => {
	const { states, violation } = exploreProtocol()
	console.log(`the order protocol has ${states} states`)
	expect(violation).toBeUndefined()
	expect(states).toBeGreaterThan(100_000)
})

const brokenWithout: Record<Exclude<Guard, typeof spareGuard>, string> = {
	'no insert after notAfter': 'an order that can be paid has its hold',
	'a hold as long as the window and the budget': 'an order that can be paid has its hold',
	'a repeated request extends the hold': 'an order that can be paid has its hold',
	'released is final': 'an ended order holds nothing once the outbox is empty',
	'only the outbox releases': 'no reservation is released before its order exists',
	'one order per id': 'one order per key',
	'the fingerprint': 'every 201 answers the request that made the order',
	'no payment after expiresAt': 'a payment finds a hold',
	'shipping waits for the commit': 'a shipped order is sold',
	'a transition is written only from the status that was read': 'an order makes only the transitions of the table',
	'the command is written with the transition': 'a paid order is sold once the outbox is empty',
	'the relay settles after the answer': 'a paid order is sold once the outbox is empty',
	'the lock on a reservation': 'an order that can be paid has its hold',
	'the lock on the stock': 'nothing is oversold',
	'an expired hold checks the stock again': 'nothing is oversold',
	'a reservation gets other lines only after its hold has expired': 'a reservation has the lines of its order',
	'a call ends with its deadline': 'a reservation has the lines of its order',
	'a createOnly request leaves a reservation as it is': 'a reservation has the lines of its order',
}

test.each(Object.entries(brokenWithout) as [Guard, string][])(
	'without the guard "%s" the invariant "%s" does not hold',
	(guard, invariant) => {
		const { violation } = exploreProtocol(guard)
		expect(violation?.invariant).toBe(invariant)
		expect(violation?.trace.length).toBeLessThan(20)
	},
)

test(`without the guard "${spareGuard}" every invariant holds`, () => {
	expect(exploreProtocol(spareGuard).violation).toBeUndefined()
})
