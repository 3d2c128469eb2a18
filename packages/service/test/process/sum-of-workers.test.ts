import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { eventually } from '@mercat/testing/eventually'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import type { ListeningMessage } from '../../src/process/run.ts'

const program = fileURLToPath(new URL('./counting-program.ts', import.meta.url))

test('the metrics of two workers are added up, and a fact that is the same for both is taken once', async () => {
	await using service = await startService()
	const requests = await service.count()
	expect(await service.metrics()).toMatchObject({
		'test_requests_total{path="/count"}': requests,
		test_sizes_count: requests,
		'test_sizes_bucket{le="2"}': requests,
		test_fact: 7,
		test_open: 2,
		mercat_ready: 1,
		'mercat_workers{state="answering"}': 2,
		'mercat_workers{state="silent"}': 0,
	})
})

test('of the delays of the event loop the scrape has that of the worker with the longest', async () => {
	await using service = await startService()
	// Node measures no delay that begins before the first tick after a scrape, so one block may be missed.
	await eventually(async () => {
		await service.ask('/block')
		expect((await service.metrics())['nodejs_eventloop_lag_p99_seconds']).toBeGreaterThan(0.9)
	})
})

test('the requests that a killed worker counted stay in the sum, once', async () => {
	await using service = await startService()
	const requests = await service.count()
	expect(await service.requests()).toBe(requests)
	const victim = await service.pid()
	process.kill(victim, 'SIGKILL')
	await eventually(async () => expect(await service.workers()).toEqual([1, 0]))
	expect(await service.requests()).toBe(requests)
	await service.twoWorkers()
	const more = await service.count()
	expect(await service.requests()).toBe(requests + more)
	expect(await service.metrics()).toMatchObject({ test_sizes_count: requests + more, test_fact: 7, test_open: 2 })
})

test('a worker that hangs delays a scrape by some four seconds; what it counted stays in the sum, its gauges do not', async () => {
	await using service = await startService()
	const requests = await service.count()
	expect(await service.requests()).toBe(requests)
	const victim = await service.pid()
	process.kill(victim, 'SIGSTOP')
	const askedAt = performance.now()
	expect(await service.requests()).toBe(requests)
	expect(performance.now() - askedAt).toBeLessThan(7_000)
	expect(await service.workers()).toEqual([1, 1])
	expect(await service.metrics()).toMatchObject({ test_open: 1, test_fact: 7 })
	expect(await service.readiness()).toEqual([200, 'ok\n'])
	process.kill(victim, 'SIGCONT')
	await service.twoWorkers()
	expect(await service.requests()).toBe(requests)
})

test('a worker that dies during a scrape does not hold it up', async () => {
	await using service = await startService()
	const requests = await service.count()
	expect(await service.requests()).toBe(requests)
	const victim = await service.pid()
	process.kill(victim, 'SIGSTOP')
	const scrape = service.requests()
	process.kill(victim, 'SIGKILL')
	const askedAt = performance.now()
	expect(await scrape).toBe(requests)
	expect(performance.now() - askedAt).toBeLessThan(3_000)
})

test('/readyz of the primary names what a worker misses, and says when no worker answers', async () => {
	await using service = await startService()
	expect(await service.readiness()).toEqual([200, 'ok\n'])
	await service.ask('/break')
	expect(await service.readiness()).toEqual([503, 'not ready: a worker is broken\n'])
	expect(await service.metrics()).toMatchObject({ mercat_ready: 0 })
	const pids = await service.pids()
	for (const pid of pids) process.kill(pid, 'SIGSTOP')
	expect(await service.readiness()).toEqual([503, 'not ready: no worker answers\n'])
	for (const pid of pids) process.kill(pid, 'SIGCONT')
	expect(await service.readiness()).toEqual([503, 'not ready: a worker is broken\n'])
})

test('a METRICS_PORT that is in use ends the start with a message', async () => {
	const other = createServer().listen(0, '127.0.0.1')
	await once(other, 'listening')
	const child = fork(program, { env: env((other.address() as AddressInfo).port), stdio: 'ignore' })
	const messages: unknown[] = []
	child.on('message', (message) => messages.push(message))
	const [exitCode] = await once(child, 'exit')
	expect(exitCode).toBe(1)
	expect(messages).toEqual([{ startRefused: expect.stringContaining('EADDRINUSE') }])
	other.close()
})

const env = (metricsPort: number) => ({ PATH: process.env['PATH'], METRICS_PORT: String(metricsPort) })

/** The program with both of its workers. */
async function startService() {
	const metricsPort = await getPort()
	const child: ChildProcess = fork(program, { env: env(metricsPort), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
	const [{ listening }] = (await once(child, 'message')) as [ListeningMessage]
	const ask = async (path: string) => (await fetch(`http://127.0.0.1:${listening.port}${path}`)).text()
	const askOperators = (path: string) => fetch(`http://127.0.0.1:${metricsPort}${path}`)
	const service = {
		ask,
		pid: async () => Number(await ask('/pid')),
		/** Asks until both workers have answered. */
		async pids(): Promise<Set<number>> {
			const pids = new Set<number>()
			while (pids.size < 2) pids.add(await service.pid())
			return pids
		},
		/** Makes requests until each worker has had one. Returns how many. */
		async count(): Promise<number> {
			const pids = new Set<string>()
			for (let count = 1; ; count++) {
				pids.add(await ask('/count'))
				if (pids.size === 2) return count
			}
		},
		async metrics(): Promise<Record<string, number>> {
			const response = await askOperators('/metrics')
			expect(response.headers.get('content-type')).toContain('version=0.0.4')
			const lines = (await response.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'))
			return Object.fromEntries(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.replace(/^.* /, ''))]))
		},
		requests: async () => (await service.metrics())['test_requests_total{path="/count"}'],
		/** How many workers answer, and how many do not. */
		async workers() {
			const metrics = await service.metrics()
			return ['answering', 'silent'].map((state) => metrics[`mercat_workers{state="${state}"}`])
		},
		twoWorkers: () => eventually(async () => expect(await service.workers()).toEqual([2, 0])),
		async readiness() {
			const response = await askOperators('/readyz')
			return [response.status, await response.text()]
		},
		async [Symbol.asyncDispose]() {
			const ended = once(child, 'exit')
			child.kill('SIGTERM')
			await ended
		},
	}
	await service.twoWorkers()
	return service
}
