import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { exampleStatus } from '../../src/openapi/example-status.ts'
import { createTakeStatus } from '../../src/status/take-status.ts'
import { serviceOf } from './follow-status.ts'

test('a check that hangs does not delay a status: what was known counts until the check is overdue', async () => {
	let checks = 0
	const hanging = Promise.withResolvers<boolean>()
	const take = createTakeStatus({
		instance: 'test:1',
		sampleProcesses: async () => [],
		databaseIsWritable: async () => true,
		catalogIsServing: () => (++checks === 1 ? Promise.resolve(true) : hanging.promise),
		channelState: () => 'ready',
		readBacklog: async () => exampleStatus.lags!,
		isDraining: () => false,
	})
	await take()
	const takenAt = performance.now()
	expect(serviceOf(await take(), 'catalog')?.state).toBe('up')
	expect(performance.now() - takenAt).toBeLessThan(900)
	await eventually(async () => expect(serviceOf(await take(), 'catalog')?.state).toBe('down'))
	expect(checks).toBe(2)
	hanging.resolve(true)
	await eventually(async () => expect(serviceOf(await take(), 'catalog')?.state).toBe('up'))
})
