import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ListeningMessage } from '@mercat/service/run'

const mains = {
	catalog: fileURLToPath(new URL('../../../catalog/src/main.ts', import.meta.url)),
	order: fileURLToPath(new URL('../../src/main.ts', import.meta.url)),
}
const faultPoints = fileURLToPath(new URL('./fault-points.ts', import.meta.url))

/** A service in a process of its own, on the same port however often it is started again. */
export type ServiceProcess = AsyncDisposable & {
	readonly port: number
	/** Undefined while it is not running. */
	readonly pid: number | undefined
	/** Starts it, when it is not running, and waits until it listens; `fault` makes it kill itself at a step. */
	start(fault?: string): Promise<void>
	/** Sends a signal; for those that end a process it waits for the end. */
	signal(signal: NodeJS.Signals): Promise<void>
	/** Resolves when the process has ended. */
	ended(): Promise<void>
	/** What it wrote to its log so far. */
	readonly output: string
}

const endingSignals: NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT']

export function serviceProcess(service: keyof typeof mains, env: Record<string, string>): ServiceProcess {
	let child: ChildProcess | undefined
	let port = 0
	let output = ''

	const running = () => child !== undefined && child.exitCode === null && child.signalCode === null

	const process_: ServiceProcess = {
		get port() {
			return port
		},
		get pid() {
			return running() ? child?.pid : undefined
		},
		get output() {
			return output
		},
		async start(fault) {
			if (running()) return
			const started = fork(mains[service], {
				env: { PATH: process.env['PATH'], ...env, PORT: String(port), ...(fault && { FAULT_POINT: fault }) },
				execArgv: fault ? ['--import', faultPoints] : [],
				stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			})
			child = started
			for (const stream of [started.stdout, started.stderr]) {
				stream?.on('data', (chunk) => {
					output = (output + chunk).slice(-50_000)
				})
			}
			const ended = once(started, 'exit').then(() => {
				throw new Error(`${service} ended before it listened: ${output}`)
			})
			const [message] = (await Promise.race([once(started, 'message'), ended])) as [ListeningMessage]
			ended.catch(() => {})
			port = message.listening.port
		},
		async signal(signal) {
			if (!running()) return
			child?.kill(signal)
			if (endingSignals.includes(signal)) await process_.ended()
		},
		async ended() {
			if (child !== undefined && running()) await once(child, 'exit')
		},
		async [Symbol.asyncDispose]() {
			await process_.signal('SIGCONT')
			await process_.signal('SIGKILL')
		},
	}
	return process_
}
