import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import { createLog } from '../../src/logging/log.ts'
import { repeat } from '../../src/timing/repeat.ts'

test('A failure of a task in the background is logged with the name of the task, and the task runs again', async () => {
	const lines: object[] = []
	const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
	let runs = 0
	const run = async () => {
		if (++runs === 1) throw new Error('no luck')
	}
	await using _task = repeat({ name: 'water the plants', run, intervalMs: 1 }, log)
	await eventually(() => expect(runs).toBeGreaterThan(1))
	expect(lines).toMatchObject([
		{ level: 'error', msg: 'background task failed', task: 'water the plants', err: { message: 'no luck' } },
	])
})
