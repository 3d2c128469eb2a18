import { expect, test } from 'vitest'
import { startOperatorServer } from '../../src/process/operator-server.ts'
import { createReadiness } from '../../src/process/readiness.ts'

test('/readyz on the port for operators names every part that is missing, and no other', async () => {
	const state = { isRunning: true, isWritable: true }
	const readiness = createReadiness({
		'the service is shutting down': () => state.isRunning,
		'the database cannot be written': async () => state.isWritable,
		'the catalog is not serving': async () => true,
	})
	await using server = await startOperatorServer('127.0.0.1', 0, readiness)
	async function ask() {
		const answer = await fetch(`http://127.0.0.1:${server.port}/readyz`)
		return [answer.status, await answer.text()]
	}
	expect(await ask()).toEqual([200, 'ok\n'])
	state.isWritable = false
	expect(await ask()).toEqual([503, 'not ready: the database cannot be written\n'])
	state.isRunning = false
	expect(await ask()).toEqual([503, 'not ready: the service is shutting down; the database cannot be written\n'])
})
