import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '../configuration/variables.ts'
import type { Logger } from '../logging/log.ts'

/** A service that listens, with the functions that stop it. */
export type RunningService = {
	/** Where the service listens. */
	address: { host: string; port: number }
	/** Reports the service as not ready. The service still answers requests. */
	announceShutdown(): void
	/** Finishes the open requests and closes everything. */
	close(): Promise<void>
}

export type RunOptions = {
	log: Logger
	drainDelayMs: number
	shutdownTimeoutMs: number
}

/** The message to the parent process when the service listens. */
export type ListeningMessage = { listening: { host: string; port: number } }
/** The message to the parent process when the service cannot start for an outside reason, such as a port in use. */
export type StartRefusedMessage = { startRefused: string }

const crashDrainMs = 2_000

/**
 * Runs a service until SIGTERM, SIGINT or the end of its parent process, and then drains it: the service reports that
 * it is not ready, still answers requests for `drainDelayMs`, and closes. All of this may take `shutdownTimeoutMs`.
 *
 * The process exits with 0. It exits with 1 when the drain takes too long, after a second signal, and after an error
 * that nothing caught.
 */
export async function runService(start: () => Promise<RunningService>, { log, ...limits }: RunOptions): Promise<never> {
	const stop = Promise.withResolvers<{ exitCode: number; withinMs: number; delayMs: number }>()
	const onSignal = (signal: NodeJS.Signals) => {
		log.info({ signal }, 'shutting down')
		stop.resolve({ exitCode: 0, withinMs: limits.shutdownTimeoutMs, delayMs: limits.drainDelayMs })
		process.once('SIGTERM', forceExit).once('SIGINT', forceExit)
	}
	const forceExit = (signal: NodeJS.Signals) => {
		log.warn({ signal }, 'second signal: exiting at once')
		process.exit(1)
	}
	const onParentGone = () => {
		log.warn('the parent process is gone: shutting down')
		stop.resolve({ exitCode: 0, withinMs: limits.shutdownTimeoutMs, delayMs: limits.drainDelayMs })
	}
	const onCrash = (error: unknown) => {
		log.fatal({ err: error }, 'unexpected error: shutting down')
		stop.resolve({ exitCode: 1, withinMs: crashDrainMs, delayMs: 0 })
	}
	process.once('SIGTERM', onSignal).once('SIGINT', onSignal)
	process.once('disconnect', onParentGone)
	process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash)

	const service = await start().catch((error: unknown) => exitOnStartError(log, error))
	log.info(service.address, 'listening')
	process.send?.({ listening: service.address } satisfies ListeningMessage)

	const { exitCode, withinMs, delayMs } = await stop.promise
	service.announceShutdown()
	const deadline = AbortSignal.timeout(withinMs)
	deadline.addEventListener('abort', () => {
		log.error('the shutdown took too long: exiting')
		process.exit(1)
	})
	await sleep(delayMs)
	await service.close()
	log.info('stopped')
	process.exit(exitCode)
}

/** Reads the configuration. A wrong configuration ends the process with a message and exit code 1. */
export function readConfigOrExit<Config>(read: (env: NodeJS.ProcessEnv) => Config, env: NodeJS.ProcessEnv): Config {
	try {
		return read(env)
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error
		console.error(error.message)
		process.exit(1)
	}
}

/** Ends the process, whose start has failed. Its parent process gets the message, if the reason is outside. */
export async function exitOnStartError(log: Logger, error: unknown): Promise<never> {
	if (process.send !== undefined && hasOutsideReason(error)) {
		const refusal: StartRefusedMessage = { startRefused: error.message }
		await new Promise((sent) => process.send?.(refusal, sent))
	} else {
		log.fatal({ err: error }, 'could not start')
	}
	process.exit(1)
}

// Another process has the embedded database or the port. Its user needs the message, but not the stack trace.
function hasOutsideReason(error: unknown): error is Error {
	return error instanceof Error && (error.name === 'DatabaseInUseError' || /EADDRINUSE|EACCES/.test(error.message))
}
