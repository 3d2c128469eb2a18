import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError } from '../configuration/variables.ts'
import type { Logger } from '../logging/log.ts'

/** A service that is up: what {@link runService} needs to bring it down again. */
export type RunningService = {
	/** Where it listens. */
	address: { host: string; port: number }
	/** Readiness goes off; requests are served on. */
	announceShutdown(): void
	/** Finishes what is in flight and closes everything. */
	close(): Promise<void>
}

export type RunOptions = {
	log: Logger
	drainDelayMs: number
	shutdownTimeoutMs: number
}

/** What a parent process is told over its IPC channel, if it has one. */
export type ListeningMessage = { listening: { host: string; port: number } }
/** Told instead when the service cannot start for a reason outside of it, such as a port in use. */
export type StartRefusedMessage = { startRefused: string }

const crashDrainMs = 2_000

/**
 * Runs a service until SIGTERM or SIGINT, or until its parent process is gone, then drains it: not ready,
 * `drainDelayMs` of serving on, and the close, which may take what is left of `shutdownTimeoutMs`. Exits with 0,
 * or with 1 when time ran out, on a second signal, and after an error that nothing caught.
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

/** Reads the configuration, or ends the process with its message and exit code 1. */
export function readConfigOrExit<Config>(read: (env: NodeJS.ProcessEnv) => Config, env: NodeJS.ProcessEnv): Config {
	try {
		return read(env)
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error
		console.error(error.message)
		process.exit(1)
	}
}

async function exitOnStartError(log: Logger, error: unknown): Promise<never> {
	if (process.send !== undefined && isOutsideTrouble(error)) {
		const refusal: StartRefusedMessage = { startRefused: error.message }
		await new Promise((sent) => process.send?.(refusal, sent))
	} else {
		log.fatal({ err: error }, 'could not start')
	}
	process.exit(1)
}

// Something else has the embedded database or the port: a person needs to know which, not where it was noticed.
function isOutsideTrouble(error: unknown): error is Error {
	return error instanceof Error && (error.name === 'DatabaseInUseError' || /EADDRINUSE|EACCES/.test(error.message))
}
