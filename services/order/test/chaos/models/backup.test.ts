import { expect, test } from 'vitest'
import { type BackupGuard, exploreBackups } from './backup-model.ts'

test('no backup at any moment breaks an invariant of the order protocol once it is restored', () => {
	const { states, violation } = exploreBackups()
	console.log(`the order protocol with a backup has ${states} states`)
	expect(violation).toBeUndefined()
	expect(states).toBeGreaterThan(100_000)
})

const brokenWithout: Record<BackupGuard, string> = {
	'the orders are copied first': 'an order that can be paid has its hold',
	'nobody writes commands between the copies': 'nothing is sold without an order',
}

test.each(Object.entries(brokenWithout) as [BackupGuard, string][])(
	'a backup without the guard "%s" breaks the invariant "%s"',
	(guard, invariant) => {
		expect(exploreBackups(guard).violation?.invariant).toBe(invariant)
	},
)
