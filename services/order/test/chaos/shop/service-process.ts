import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ListeningMessage } from '@mercat/service/run'
import { compiledCode } from '@mercat/testing/compiled-code'
import { eventually } from '@mercat/testing/eventually'
import type { ArmMessage, FaultKind, FaultMessage } from './fault-points.ts'

const mains = {
	catalog: fileURLToPath(import.meta.resolve('@mercat/catalog/main')),
	order: fileURLToPath(new URL('../../../src/main.ts', import.meta.url)),
}
const faultPoints = fileURLToPath(new URL('./fault-points.ts', import.meta.url))

/** A service in its own process, which keeps its port when it is started again. */
export type ServiceProcess = AsyncDisposable & {
	readonly port: number
	/** The id of the process; undefined while it is not running. */
	readonly pid: number | undefined
	/** The exit code of the last process, unless a signal ended it. */
	readonly exitCode: number | null | undefined
	/** Starts the process, unless it is running, and waits until it listens. With `fault` it kills itself at that step. */
	start(fault?: string): Promise<void>
	/** Sends a signal. Waits for the end of the process after a signal that ends it. */
	signal(signal: NodeJS.Signals): Promise<void>
	/** Makes the running process kill or stop itself once, at a step. */
	arm(point: string, kind?: FaultKind): Promise<void>
	/** Resolves when the armed step was reached, and after the end of the process when the step kills it. */
	reached(): Promise<void>
	/** Resolves when the process has ended. */
	ended(): Promise<void>
	/** The log so far. */
	readonly output: string
}

const endingSignals: NodeJS.Signals[] = ['SIGKILL', 'SIGTERM', 'SIGINT']

export function serviceProcess(service: keyof typeof mains, env: Record<string, string>): ServiceProcess {
	let child: ChildProcess | undefined
	let port = 0
	let output = ''
	let fault: { point: string; kind: FaultKind; armed: boolean; reached: boolean } | undefined

	const running = () => child !== undefined && child.exitCode === null && child.signalCode === null

	function onMessage(message: Partial<ListeningMessage> | FaultMessage): void {
		if ('listening' in message && message.listening !== undefined) port = message.listening.port
		if (fault === undefined) return
		if ('armed' in message && message.armed === fault.point) fault.armed = true
		if ('reached' in message && message.reached === fault.point) fault.reached = true
	}

	const process_: ServiceProcess = {
		get port() {
			return port
		},
		get pid() {
			return running() ? child?.pid : undefined
		},
		get exitCode() {
			return child?.exitCode
		},
		get output() {
			return output
		},
		async start(point) {
			if (running()) return
			const started = fork(mains[service], {
				env: {
					PATH: process.env['PATH'],
					...compiledCode.env,
					...env,
					PORT: String(port),
					...(point && { FAULT_POINT: point }),
				},
				execArgv: [...compiledCode.execArgv, '--import', faultPoints],
				stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			})
			child = started
			fault = point === undefined ? undefined : { point, kind: 'kill', armed: true, reached: false }
			started.on('message', onMessage)
			for (const stream of [started.stdout, started.stderr]) {
				stream?.on('data', (chunk) => {
					output = (output + chunk).slice(-50_000)
				})
			}
			const ended = once(started, 'exit').then(() => {
				throw new Error(`${service} ended before it listened: ${output}`)
			})
			ended.catch(() => {})
			const listening = new Promise<void>((listens) => {
				started.on('message', (message: Partial<ListeningMessage>) => {
					if (message.listening !== undefined) listens()
				})
			})
			await Promise.race([listening, ended])
		},
		async signal(signal) {
			if (!running()) return
			child?.kill(signal)
			if (endingSignals.includes(signal)) await process_.ended()
		},
		async arm(point, kind = 'kill') {
			fault = { point, kind, armed: false, reached: false }
			child?.send({ arm: { point, kind } } satisfies ArmMessage, () => {})
			await eventually(() => {
				if (!fault?.armed) throw new Error(`${service} could not be armed: ${output}`)
			})
		},
		async reached() {
			await eventually(() => {
				if (!fault?.reached) throw new Error(`${service} never came to the step "${fault?.point}"`)
			})
			if (fault?.kind === 'kill') await process_.ended()
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
