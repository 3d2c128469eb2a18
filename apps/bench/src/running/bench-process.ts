import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ListeningMessage } from '@mercat/service/run'

/** A server in a process of its own. Disposing of it lets it finish and waits for its end. */
export type BenchProcess = AsyncDisposable & {
	/** What it is for its contestant: `order` or `catalog`. */
	role: string
	pid: number
	/** `HOST:PORT` */
	address: string
}

export type ProcessOptions = {
	role: string
	/** URL of the module to run. */
	entryPoint: string
	env?: Record<string, string>
	/** What a peer is told, as {@link peerSettings} reads it. */
	settings?: object
	execArgv?: string[]
}

/**
 * Starts a server that says over IPC where it listens, as everything run by `runService` does. Ctrl-C does not reach
 * it: it is the bench that ends it, after those that need it.
 */
export async function startProcess({
	role,
	entryPoint,
	env,
	settings = {},
	execArgv,
}: ProcessOptions): Promise<BenchProcess> {
	const child = fork(fileURLToPath(entryPoint), [JSON.stringify(settings)], {
		env,
		execArgv,
		detached: true,
		stdio: ['ignore', 2, 2, 'ipc'],
	})
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
