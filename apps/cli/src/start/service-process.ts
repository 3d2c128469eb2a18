import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '@mercat/service/node-flags'
import type { ListeningMessage, StartRefusedMessage } from '@mercat/service/run'
import { CommandError } from '../command/command-error.ts'

export type ServiceProcess = {
	name: string
	/** Resolves to `HOST:PORT` when the service listens. */
	address: Promise<string>
	/** Stops the service after its open requests. Resolves to the way it ended, or to undefined after a clean end. */
	stop(): Promise<string | undefined>
	/** Ends the process at once. */
	kill(): void
}

/**
 * Runs a service's entry point in a process of its own, with its output on stderr. The process is in a group of its
 * own, so a Ctrl-C in the terminal does not reach it. It stops when this process ends.
 *
 * @param onUnexpectedEnd called when the service ends before `stop` was called. A refusal is an end for an outside reason, before
 * the service listened
 */
export function forkService(
	name: string,
	entryPoint: string,
	env: NodeJS.ProcessEnv,
	onUnexpectedEnd: (error: CommandError, isRefusal: boolean) => void,
): ServiceProcess {
	const child = fork(fileURLToPath(entryPoint), {
		env,
		execArgv: [...nodeFlags],
		detached: true,
		stdio: ['ignore', 2, 2, 'ipc'],
	})
	const address = Promise.withResolvers<string>()
	let refusal: string | undefined
	let asked = false
	let isServing = false
	child.on('message', (message: ListeningMessage | StartRefusedMessage) => {
		if ('listening' in message) {
			isServing = true
			address.resolve(reachableAddress(message.listening))
		} else refusal = message.startRefused
	})
	const ended = new Promise<string>((resolve) => {
		child.once('error', (error) => resolve(error.message))
		child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`))
	})
	ended.then((how) => {
		if (asked) return
		const reason = refusal === undefined ? `ended: ${how}` : `cannot start: ${withoutNesting(refusal)}`
		onUnexpectedEnd(new CommandError(`the ${name} service ${reason}`), refusal !== undefined)
	})
	return {
		name,
		address: address.promise,
		async stop() {
			asked = true
			child.kill('SIGTERM')
			const how = await ended
			// A service that does not listen yet may have no handler for SIGTERM yet.
			const isClean = how === 'exit code 0' || (how === 'SIGTERM' && !isServing)
			return isClean ? undefined : how
		},
		kill: () => void child.kill('SIGKILL'),
	}
}

/** The address at which this machine reaches a service, also when the service listens on every interface. */
export function reachableAddress({ host, port }: ListeningMessage['listening']): string {
	if (host === '0.0.0.0') return `127.0.0.1:${port}`
	if (host === '::') return `[::1]:${port}`
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

// grpc-js: "No address added out of total 1 resolved errors: [listen EADDRINUSE: address already in use …]".
function withoutNesting(refusal: string): string {
	return /\[(listen [^\]]+)\]/.exec(refusal)?.[1] ?? refusal
}
