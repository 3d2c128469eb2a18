import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { mercat } from '@mercat/testing/run-mercat'
import { jwtSecret } from '../start-catalog.ts'

/** Imports a pipe that has so many rows of one brand, and stays open. */
export function importPipe(folder: string, brand: string, port: number, rows = 6_000) {
	const path = join(folder, `${brand}.ndjson`)
	execFileSync('mkfifo', [path])
	const child = spawn(mercat, ['import', path, '--catalog', `127.0.0.1:${port}`], {
		env: { PATH: process.env['PATH'], JWT_SECRET: jwtSecret },
		cwd: folder,
		stdio: ['ignore', 'pipe', 'pipe'],
	})
	let [stdout, stderr] = ['', '']
	child.stdout.on('data', (chunk) => {
		stdout += chunk
	})
	child.stderr.on('data', (chunk) => {
		stderr += chunk
	})
	let hasEnded = false
	const ended = once(child, 'close').finally(() => {
		hasEnded = true
	})
	const pipe = createWriteStream(path)
	// The command may end before it has read all of it.
	pipe.on('error', () => {})
	const row = (n: number) =>
		`${JSON.stringify({ sku: `${brand}-${n}`, title: 'x', brand, price: '1', currency: 'EUR' })}\n`
	pipe.write(Array.from({ length: rows }, (_, n) => row(n)).join(''))
	return {
		interrupt: () => void child.kill('SIGINT'),
		closePipe: () => pipe.destroy(),
		/** Resolves to the exit code and the signal. */
		ended,
		hasEnded: () => hasEnded,
		stdout: () => stdout,
		stderr: () => stderr,
	}
}
