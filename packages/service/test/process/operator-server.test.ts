import { beforeEach, expect, test } from 'vitest'
import { createLog } from '../../src/logging/log.ts'
import { startOperatorServer } from '../../src/process/operator-server.ts'
import { createReadiness } from '../../src/process/readiness.ts'

let lines: { msg: string }[] = []
const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
beforeEach(() => {
	lines = []
})

test('/readyz on the port for operators names every part that is missing, and no other', async () => {
	const state = { isRunning: true, isWritable: true }
	const readiness = createReadiness({
		'the service is shutting down': () => state.isRunning,
		'the database cannot be written': async () => state.isWritable,
		'the catalog is not serving': async () => true,
	})
	await using server = await startOperatorServer('127.0.0.1', 0, { readiness, metrics: async () => '', log })
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

test('/metrics is 500 when a metric cannot be collected, and the log says why', async () => {
	const metrics = async () => {
		throw new Error('the gauge is broken')
	}
	await using server = await startOperatorServer('127.0.0.1', 0, { readiness: createReadiness({}), metrics, log })
	expect((await fetch(`http://127.0.0.1:${server.port}/metrics`)).status).toBe(500)
	expect(lines).toMatchObject([{ msg: 'a request of an operator failed', err: { message: 'the gauge is broken' } }])
	expect((await fetch(`http://127.0.0.1:${server.port}/readyz`)).status).toBe(200)
})
