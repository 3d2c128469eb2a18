import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mercat } from '@mercat/testing/run-mercat'
import { jwtSecret } from '../start-catalog.ts'

/** A folder with the settings of feeds, in which the command runs. */
export function makeFeedsFolder(feeds: object[]) {
	const path = mkdtempSync(join(tmpdir(), 'mercat-sync-'))
	const settings = join(path, 'feeds.json')
	writeFileSync(settings, JSON.stringify({ feeds: feeds.map((feed) => ({ allowPrivate: true, ...feed })) }))
	return { path, settings, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** Starts `mercat feeds sync` as a process of its own. The folder also has its temporary files. */
export function startSync(
	folder: { path: string; settings: string },
	port: number,
	args: string[] = [],
	variables: Record<string, string> = {},
) {
	const child = spawn(mercat, ['feeds', 'sync', folder.settings, '--catalog', `127.0.0.1:${port}`, ...args], {
		env: { PATH: process.env['PATH'], JWT_SECRET: jwtSecret, TMPDIR: folder.path, ...variables },
		cwd: folder.path,
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
		kill: (signal: NodeJS.Signals) => void child.kill(signal),
		/** Resolves to the exit code and the signal. */
		ended: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
		/** Closes the pipe of stdout, as a reader that ends. */
		closeStdout: () => void child.stdout.destroy(),
		stdout: () => stdout,
		stderr: () => stderr,
		async [Symbol.asyncDispose]() {
			if (child.exitCode !== null || child.signalCode !== null) return
			child.kill('SIGKILL')
			await once(child, 'close')
		},
	}
}
