import { fork } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ListeningMessage } from '@mercat/service/run'

/** A server in a process of its own. Disposing of it sends SIGTERM and waits until the process ends. */
export type BenchProcess = AsyncDisposable & {
	/** The role of the process in its contestant: `order` or `catalog`. */
	role: string
	pid: number
	/** `HOST:PORT` */
	address: string
}

type ProcessOptions = {
	role: string
	/** URL of the module to run. */
	entryPoint: string
	env?: Record<string, string>
	/** The settings of a peer, which `peerSettings` reads. */
	settings?: object
	execArgv?: string[]
	/** The file that stdout is appended to; stderr of the bench, unless given. */
	stdoutFile?: string
}

const stderr = 2

/**
 * Starts a server and waits until it reports its address over IPC, as `runService` does. Ctrl-C does not reach the
 * server: the bench stops it, after the processes that use it.
 */
export async function startProcess({
	role,
	entryPoint,
	env,
	settings = {},
	execArgv,
	stdoutFile,
}: ProcessOptions): Promise<BenchProcess> {
	const stdout = stdoutFile === undefined ? stderr : openSync(stdoutFile, 'a')
	const child = fork(fileURLToPath(entryPoint), [JSON.stringify(settings)], {
		env,
		execArgv,
		detached: true,
		stdio: ['ignore', stdout, stderr, 'ipc'],
	})
	if (stdout !== stderr) closeSync(stdout)
	const ended = once(child, 'exit')
	const listening = new Promise<ListeningMessage['listening']>((listens) => {
		child.on('message', (message: Partial<ListeningMessage>) => message.listening && listens(message.listening))
	})
	const failed = ended.then(() => Promise.reject(new Error(`${role} ended before it listened: ${entryPoint}`)))
	const { host, port } = await Promise.race([listening, failed])
	return {
		role,
		pid: child.pid as number,
		address: `${host}:${port}`,
		async [Symbol.asyncDispose]() {
			child.kill('SIGTERM')
			await ended
		},
	}
}
