import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '@mercat/service/node-flags'
import type { ListeningMessage } from '@mercat/service/run'
import { compiledCode } from '@mercat/testing/compiled-code'

const mains = {
	catalog: fileURLToPath(import.meta.resolve('@mercat/catalog/main')),
	order: fileURLToPath(import.meta.resolve('@mercat/order/main')),
	market: fileURLToPath(new URL('../../../src/main.ts', import.meta.url)),
}

/** The variable for the port by which others reach the service. */
const portOf = { catalog: 'PORT', order: 'PORT', market: 'MARKET_PORT' }

/** A service in a process of its own, with the flags of a real one. It keeps its port when it is started again. */
export type ServiceProcess = AsyncDisposable & {
	readonly port: number
	readonly pid: number | undefined
	/** Starts the process, and waits until it runs. */
	start(): Promise<void>
	/** Kills the process, and waits for its end. */
	kill(): Promise<void>
	/** Makes the process stand still until it is resumed or killed. */
	pause(): void
	resume(): void
	/** Asks the process to stop, and waits for its end. Gives its exit code; null when a signal has ended it. */
	stop(): Promise<number | null>
	/** The end of its log. */
	output(): string
}

export function serviceProcess(service: keyof typeof mains, env: Record<string, string>): ServiceProcess {
	let child: ChildProcess | undefined
	let port = 0
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
		get port() {
			return port
		},
		get pid() {
			return child?.pid
		},
		async start() {
			const started = fork(mains[service], {
				env: {
					PATH: process.env['PATH'],
					...compiledCode.env,
					MARKET_GRPC_PORT: '0',
					...env,
					[portOf[service]]: String(port),
				},
				execArgv: [...nodeFlags, ...compiledCode.execArgv],
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
					if (message.listening === undefined) return
					port = message.listening.port
					listens()
				})
			})
			const ended = once(started, 'exit').then(() => {
				throw new Error(`the ${service} ended before it ran: ${output}`)
			})
			ended.catch(() => {})
			await Promise.race([listening, ended])
		},
		kill,
		pause: () => void child?.kill('SIGSTOP'),
		resume: () => void child?.kill('SIGCONT'),
		stop: () => end('SIGTERM'),
		output: () => output,
		[Symbol.asyncDispose]: kill,
	}
}
