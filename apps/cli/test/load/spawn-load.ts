import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { mercat } from '@mercat/testing/run-mercat'

/** Runs `mercat demo-load` until somebody interrupts it. */
export function spawnLoad(args: string[], variables: { [name: string]: string }) {
	const child = spawn(mercat, ['demo-load', ...args], {
		env: { PATH: process.env['PATH'], ...variables },
		cwd: tmpdir(),
		stdio: ['ignore', 'pipe', 'pipe'],
	})
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
