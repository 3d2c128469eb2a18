import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { mercat } from '@mercat/testing/run-mercat'
import { onTestFinished } from 'vitest'

/** Runs `mercat demo-load` until somebody interrupts it, or the test has ended. */
export function spawnLoad(args: string[], variables: { [name: string]: string }) {
	const child = spawn(mercat, ['demo-load', ...args], {
		env: { PATH: process.env['PATH'], ...variables },
		cwd: tmpdir(),
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	onTestFinished(() => void child.kill('SIGKILL'))
	let [stdout, stderr] = ['', '']
	child.stdout.on('data', (chunk) => {
		stdout += chunk
	})
	child.stderr.on('data', (chunk) => {
		stderr += chunk
	})
	return {
		interrupt: () => void child.kill('SIGINT'),
		/** Resolves to the exit code and the signal. */
		ended: once(child, 'close'),
		stdout: () => stdout,
		stderr: () => stderr,
	}
}
