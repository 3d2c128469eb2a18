import { chaosTimes } from '@mercat/testing/chaos-times'
import { expect, test } from 'vitest'
import { type BackupGuard, exploreBackups } from './backup-model.ts'

// CHAOS_TIMES tries two copies of the request before and after the backup, which have forty times the states.
const requests = chaosTimes > 1 ? 2 : 1

test('no backup at any moment breaks an invariant of the order protocol once it is restored', () => {
	const { states, violation } = exploreBackups(requests)
	console.log(`the order protocol with a backup has ${states} states`)
	expect(violation).toBeUndefined()
	expect(states).toBeGreaterThan(requests === 2 ? 1_000_000 : 50_000)
})

const brokenWithout: Record<BackupGuard, string> = {
	'the orders are copied first': 'an order that can be paid has its hold',
	'nobody writes commands between the copies': 'nothing is sold without an order',
}

test.each(Object.entries(brokenWithout) as [BackupGuard, string][])(
	'a backup without the guard "%s" breaks the invariant "%s"',
	(guard, invariant) => {
		expect(exploreBackups(requests, guard).violation?.invariant).toBe(invariant)
	},
)
