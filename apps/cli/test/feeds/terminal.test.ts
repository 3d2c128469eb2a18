import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { eventually } from '@mercat/testing/eventually'
import { mercat } from '@mercat/testing/run-mercat'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBreakableProxy } from '../import/breakable-proxy.ts'
import { jwtSecret, startTestCatalog, type TestCatalog } from '../start-catalog.ts'
import { startSource } from './start-source.ts'
import { makeFeedsFolder } from './start-sync.ts'

// Runs a command in a terminal of its own. Bytes from stdin are keys that are pressed there.
const inTerminal =
	'import pty, sys; pty.spawn(["sh", "-c", "stty rows 24 cols 120; exec \\"$@\\"", "sh", *sys.argv[1:]])'
const hasPython = spawnSync('python3', ['--version']).status === 0
const [hidden, shown] = ['\u001b[?25l', '\u001b[?25h']
const [noWrap, wrap] = ['\u001b[?7l', '\u001b[?7h']
const [ctrlC, ctrlBackslash] = ['\u0003', '\u001c']

let catalog: TestCatalog
beforeAll(async () => {
	catalog = await startTestCatalog()
})
afterAll(async () => await catalog[Symbol.asyncDispose]())

test.skipIf(!hasPython).each([
	['a second Ctrl-C', ctrlC],
	['Ctrl-\\', ctrlBackslash],
])(
	'the terminal has its cursor and its line wrap back after %s',
	async (_name, key) => {
		await using hanging = await startSource(() => {})
		await using proxy = await startBreakableProxy(catalog.port, Number.POSITIVE_INFINITY)
		using folder = makeFeedsFolder([{ name: 'hanging', url: hanging.origin }])
		const args = ['feeds', 'sync', folder.settings, '--catalog', `127.0.0.1:${proxy.port}`]
		const child = spawn('python3', ['-c', inTerminal, mercat, ...args], {
			env: { PATH: process.env['PATH'], JWT_SECRET: jwtSecret, TMPDIR: folder.path },
			cwd: folder.path,
		})
		const ended = once(child, 'close')
		let screen = ''
		child.stdout.on('data', (chunk) => {
			screen += chunk
		})
		child.stdin.on('error', () => {})
		try {
			await eventually(() => expect(screen).toContain('fetching'))
			expect(screen).toContain(hidden)
			// So the command cannot end its run after the first Ctrl-C.
			proxy.dropAnswers()
			await eventually(
				() => {
					child.stdin.write(key)
					expect(child.exitCode).not.toBeNull()
				},
				{ interval: 50 },
			)
			await ended
		} finally {
			// The end of its terminal ends the command, too.
			child.kill('SIGKILL')
		}
		expect(screen.lastIndexOf(shown)).toBeGreaterThan(screen.lastIndexOf(hidden))
		expect(screen.lastIndexOf(wrap)).toBeGreaterThan(screen.lastIndexOf(noWrap))
	},
	60_000,
)
