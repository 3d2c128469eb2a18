import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { mercat } from '@mercat/testing/run-mercat'
import { onTestFinished } from 'vitest'

/** Runs `mercat market simulate` until somebody interrupts it, or the test has ended. */
export function spawnSimulate(args: string[]) {
	const child = spawn(mercat, ['market', 'simulate', ...args], {
		env: { PATH: process.env['PATH'] },
		cwd: tmpdir(),
		stdio: ['ignore', 'pipe', 'inherit'],
	})
	onTestFinished(() => void child.kill('SIGKILL'))
	let stdout = ''
	child.stdout.on('data', (chunk) => {
		stdout += chunk
	})
	return {
		interrupt: () => void child.kill('SIGINT'),
		/** Resolves to the exit code and the signal. */
		ended: once(child, 'close'),
		stdout: () => stdout,
	}
}
