import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { nodeFlags } from '@mercat/service/node-flags'
import type { ListeningMessage, StartRefusedMessage } from '@mercat/service/run'
import { CommandError } from '../command/command-error.ts'

export type ServiceProcess = {
	name: string
	/** Where it can be reached on this machine, as `HOST:PORT`, once it can. */
	address: Promise<string>
	/** Lets it finish what is in flight. What went wrong, if anything did. */
	stop(): Promise<string | undefined>
	/** Ends it at once. */
	kill(): void
}

/**
 * Runs a service's entry point in a process of its own, with its output on stderr. It gets no signal that
 * the terminal sends to the group, and stops by itself when this process is gone.
 *
 * @param onUnexpectedEnd called when it ends without being asked to
 */
export function forkService(
	name: string,
	entryPoint: string,
	env: NodeJS.ProcessEnv,
	onUnexpectedEnd: (error: CommandError) => void,
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
		onUnexpectedEnd(new CommandError(`the ${name} service ${reason}`))
	})
	return {
		name,
		address: address.promise,
		async stop() {
			asked = true
			child.kill('SIGTERM')
			const how = await ended
			// Before it has begun to serve, it may not know yet what the signal asks of it.
			const isClean = how === 'exit code 0' || (how === 'SIGTERM' && !isServing)
			return isClean ? undefined : how
		},
		kill: () => void child.kill('SIGKILL'),
	}
}

/** Where a service is reached on this machine, also one that listens on every interface. */
export function reachableAddress({ host, port }: ListeningMessage['listening']): string {
	if (host === '0.0.0.0') return `127.0.0.1:${port}`
	if (host === '::') return `[::1]:${port}`
	return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

// grpc-js: "No address added out of total 1 resolved errors: [listen EADDRINUSE: address already in use …]".
function withoutNesting(refusal: string): string {
	return /\[(listen [^\]]+)\]/.exec(refusal)?.[1] ?? refusal
}
