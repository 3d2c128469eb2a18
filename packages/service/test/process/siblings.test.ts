import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { hostname } from 'node:os'
import { fileURLToPath } from 'node:url'
import { eventually } from '@mercat/testing/eventually'
import getPort from 'get-port'
import { expect, test } from 'vitest'
import type { ListeningMessage } from '../../src/process/run.ts'

const program = fileURLToPath(new URL('./asking-program.ts', import.meta.url))

/** The program, with what an answer says and which worker gave it. */
async function startService(workers: number, more: Record<string, string> = {}) {
	const env = { PATH: process.env['PATH'], WORKERS: String(workers), ...more }
	const child: ChildProcess = fork(program, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
	const [{ listening }] = (await once(child, 'message')) as [ListeningMessage]
	async function get<T>(path: string): Promise<{ of: number; answer: T }> {
		const response = await fetch(`http://127.0.0.1:${listening.port}${path}`)
		return (await response.json()) as { of: number; answer: T }
	}
	return {
		pid: child.pid,
		ask: () => get<number[]>('/ask'),
		name: () => get<string>('/name'),
		async [Symbol.asyncDispose]() {
			const ended = once(child, 'exit')
			child.kill('SIGTERM')
			await ended
		},
	}
}

const ascending = (pids: number[]) => pids.toSorted((one, other) => one - other)

/** All workers, in ascending order. */
const allOf = (service: { ask(): Promise<{ answer: number[] }> }, count: number) =>
	eventually(async () => {
		const { answer } = await service.ask()
		expect(answer).toHaveLength(count)
		return ascending(answer)
	})

test('each of two workers gets the facts of both, and the name of their instance is the same', async () => {
	await using service = await startService(2)
	const pids = await allOf(service, 2)
	const askedBy = new Set<number>()
	const names = new Set<string>()
	while (askedBy.size < 2) {
		const { of, answer } = await service.ask()
		expect(ascending(answer)).toEqual(pids)
		askedBy.add(of)
		names.add((await service.name()).answer)
	}
	expect(ascending([...askedBy])).toEqual(pids)
	expect([...names]).toEqual([`${hostname()}:${service.pid}`])
})

test('a worker that hangs is left out in time, and is there again when it goes on', async () => {
	await using service = await startService(3)
	const pids = await allOf(service, 3)
	const { of: asked } = await service.ask()
	const victim = pids.find((pid) => pid !== asked) as number
	const others = pids.filter((pid) => pid !== victim)
	process.kill(victim, 'SIGSTOP')
	// A question may come to the worker that hangs, which has no answer then.
	const askedAt = performance.now()
	const answers = Array.from({ length: 8 }, () => service.ask())
	const { answer } = await Promise.race(answers)
	expect(ascending(answer)).toEqual(others)
	expect(performance.now() - askedAt).toBeLessThan(2_000)
	process.kill(victim, 'SIGCONT')
	await Promise.all(answers)
	expect(await allOf(service, 3)).toEqual(pids)
})

test('workers that also answer operators get the same facts', async () => {
	await using service = await startService(2, { METRICS_PORT: String(await getPort()) })
	const pids = await allOf(service, 2)
	expect(pids.every((pid) => typeof pid === 'number' && pid !== service.pid)).toBe(true)
})

test('a killed worker is left out, and the one that replaces it answers', async () => {
	await using service = await startService(2)
	const pids = await allOf(service, 2)
	process.kill(pids[0] as number, 'SIGKILL')
	await eventually(async () => {
		const { answer } = await service.ask()
		expect(answer).toHaveLength(2)
		expect(answer).not.toContain(pids[0])
	})
})

test('a process without workers has its own facts', async () => {
	await using service = await startService(1)
	expect(await service.ask()).toEqual({ of: service.pid, answer: [service.pid] })
	expect((await service.name()).answer).toBe(`${hostname()}:${service.pid}`)
})
