import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '@mercat/testing/eventually'
import { expect, onTestFinished, test } from 'vitest'

const logModule = new URL('../../src/logging/log.ts', import.meta.url).href

/** Starts a process whose program has `log`, and collects its standard output. */
function startLogger(program: string) {
	const source = `import { createLog } from '${logModule}'; const log = createLog('test', 'info'); ${program}`
	const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '--eval', source], {
		stdio: ['ignore', 'pipe', 'ignore'],
	})
	onTestFinished(() => void child.kill('SIGKILL'))
	let text = ''
	child.stdout?.setEncoding('utf8').on('data', (part: string) => {
		text += part
	})
	return {
		messages: () => text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line).msg as string])),
		closed: once(child, 'close'),
		kill: () => child.kill('SIGKILL'),
	}
}

const count = 5_000
const all = Array.from({ length: count }, (_, index) => `line ${index}`)
const writeAll = `for (let index = 0; index < ${count}; index++) log.info('line ' + index);`

test.each([
	['exits', 'process.exit(0)'],
	['ends because it has nothing more to do', ''],
	['crashes', 'setImmediate(() => { throw new Error("a crash") })'],
])('Every line of a process that %s is in its log, once and in order', async (_how, end) => {
	const logger = startLogger(writeAll + end)
	await logger.closed
	expect(logger.messages()).toEqual(all)
})

test('A line is in the log soon, so that it is there when the process is killed later', async () => {
	const logger = startLogger(`log.info('a line'); setInterval(() => {}, 60_000)`)
	await eventually(() => expect(logger.messages()).toEqual(['a line']))
	logger.kill()
	await logger.closed
	expect(logger.messages()).toEqual(['a line'])
})

test('A warning is in the log at once, with the lines before it, also when the process comes to nothing else', async () => {
	const logger = startLogger(`log.info('before'); log.warn('a warning'); for (;;);`)
	await eventually(() => expect(logger.messages()).toEqual(['before', 'a warning']))
})
