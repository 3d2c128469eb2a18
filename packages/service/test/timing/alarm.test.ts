import { expect, test } from 'vitest'
import { createAlarm } from '../../src/timing/alarm.ts'

const forEver = 2 ** 31 - 1

test('a ring ends a wait, and a ring that nobody waited for ends the next wait', async () => {
	const alarm = createAlarm()
	const waiting = alarm.wait(forEver)
	alarm.ring()
	await waiting
	alarm.ring()
	alarm.ring()
	await alarm.wait(forEver)
	// The rings are used up, so that only the time ends this wait.
	let isOver = false
	const last = alarm.wait(20).then(() => {
		isOver = true
	})
	await Promise.resolve()
	expect(isOver).toBe(false)
	await last
})
