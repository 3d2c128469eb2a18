import { expect, test } from 'vitest'
import { createDeadlineQueue } from '../src/deadline-queue.ts'
import { DatabaseUnavailableError } from '../src/statements/errors.ts'

const noDeadline = Number.POSITIVE_INFINITY

/** A queue whose work is noted by name, and is one turn of the event loop long. */
function notingQueue() {
	const queue = createDeadlineQueue()
	const done: string[] = []
	const run = (name: string, deadline: number) => queue.run(deadline, async () => void done.push(name))
	return { run, done }
}

test('The work with the earliest deadline goes first, and work without one in the order in which it came', async () => {
	const { run, done } = notingQueue()
	await Promise.all([
		run('import 1', noDeadline),
		run('import 2', noDeadline),
		run('late', 200),
		run('early', 100),
		run('import 3', noDeadline),
	])
	expect(done).toEqual(['early', 'late', 'import 1', 'import 2', 'import 3'])
})

test('A request that asks again when it has its answer passes work without a deadline', async () => {
	const { run, done } = notingQueue()
	const background = Promise.all([run('import 1', noDeadline), run('import 2', noDeadline)])
	for (const name of ['poll', 'postings', 'page']) await run(name, 100)
	await background
	expect(done).toEqual(['poll', 'postings', 'page', 'import 1', 'import 2'])
})

test('The work that has waited longest is passed by four others at most', async () => {
	const { run, done } = notingQueue()
	const requests = Array.from({ length: 20 }, (_, n) => n + 1)
	await Promise.all([run('import', noDeadline), ...requests.map((n) => run(`request ${n}`, n))])
	expect(done.indexOf('import')).toBe(4)
	expect(done).toHaveLength(21)
})

test('Work never runs beside other work, also when some fails', async () => {
	const queue = createDeadlineQueue()
	let running = 0
	let most = 0
	const work = async () => {
		running++
		most = Math.max(most, running)
		await new Promise(setImmediate)
		running--
		throw new Error('failed')
	}
	const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => queue.run(noDeadline, work)))
	expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'))
	expect(most).toBe(1)
})

test('Work that gets no turn in time fails, and later work has its turn', async () => {
	const queue = createDeadlineQueue({ longestWaitMs: 20 })
	const { promise: end, resolve } = Promise.withResolvers<void>()
	const first = queue.run(noDeadline, () => end)
	await expect(queue.run(noDeadline, async () => 'late')).rejects.toThrow(DatabaseUnavailableError)
	expect(queue.size).toBe(0)
	resolve()
	await first
	expect(await queue.run(noDeadline, async () => 'done')).toBe('done')
})
