import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ListeningMessage } from '@mercat/service/run'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** A market in a process of its own. */
export type MarketProcess = AsyncDisposable & {
	/** Starts the process, and waits until it runs. */
	start(): Promise<void>
	/** Kills the process, and waits for its end. */
	kill(): Promise<void>
	/** Asks the process to stop, and waits for its end. Gives its exit code; null when a signal has ended it. */
	stop(): Promise<number | null>
	/** The end of its log. */
	output(): string
}

export function marketProcess(env: Record<string, string>): MarketProcess {
	let child: ChildProcess | undefined
	let output = ''

	async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
		const running = child
		child = undefined
		if (running === undefined) return null
		if (running.exitCode !== null || running.signalCode !== null) return running.exitCode
		running.kill(signal)
		await once(running, 'exit')
		return running.exitCode
	}

	async function kill(): Promise<void> {
		await end('SIGKILL')
	}

	return {
		async start() {
			const started = fork(main, {
				env: { PATH: process.env['PATH'], ...env },
				stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			})
			child = started
			for (const stream of [started.stdout, started.stderr]) {
				stream?.on('data', (chunk) => {
					output = (output + chunk).slice(-50_000)
				})
			}
			const listening = new Promise<void>((listens) => {
				started.on('message', (message: Partial<ListeningMessage>) => {
					if (message.listening !== undefined) listens()
				})
			})
			const ended = once(started, 'exit').then(() => {
				throw new Error(`the market ended before it ran: ${output}`)
			})
			ended.catch(() => {})
			await Promise.race([listening, ended])
		},
		kill,
		stop: () => end('SIGTERM'),
		output: () => output,
		[Symbol.asyncDispose]: kill,
	}
}
