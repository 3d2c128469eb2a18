import { backoffMs } from '@mercat/service/backoff'
import type { CommandError } from '../command/command-error.ts'
import type { ServiceProcess } from './service-process.ts'

export type KeepMarketNeeds = {
	/** Starts the process of the market. */
	fork(onUnexpectedEnd: (error: CommandError, isRefusal: boolean) => void): Omit<ServiceProcess, 'name'>
	/** Is told each time that the market listens. */
	listens(): void
	/** Is told what has become of the market, in a sentence. */
	warn(sentence: string): void
}

export type KeepMarketOptions = { firstBackoffMs?: number; largestBackoffMs?: number; steadyMs?: number }

/**
 * Runs the market beside the other services. When its process ends, it is started again, each time after a longer wait, until it
 * has run for a minute. Where it cannot start, such as on a port that another program has, it is left out.
 */
export function keepMarket(
	{ fork, listens, warn }: KeepMarketNeeds,
	{ firstBackoffMs = 1_000, largestBackoffMs = 60_000, steadyMs = 60_000 }: KeepMarketOptions = {},
): Omit<ServiceProcess, 'address'> {
	let running: Omit<ServiceProcess, 'name'> | undefined
	let next: NodeJS.Timeout | undefined
	let failures = 0

	function start(): void {
		let listensSince = Number.POSITIVE_INFINITY
		running = fork((error, isRefusal) => {
			running = undefined
			if (isRefusal) return warn(`${error.message}; it is left out, and orders go on without it`)
			const wasSteady = performance.now() - listensSince > steadyMs
			failures = wasSteady ? 1 : failures + 1
			const waitMs = backoffMs(failures, firstBackoffMs, largestBackoffMs)
			warn(`${error.message}; it starts again in ${Math.ceil(waitMs / 1_000)} s, and orders go on without it`)
			next = setTimeout(start, waitMs)
		})
		running.address.then(() => {
			listensSince = performance.now()
			listens()
		})
	}

	start()
	return {
		name: 'market',
		async stop() {
			clearTimeout(next)
			return running?.stop()
		},
		kill: () => running?.kill(),
	}
}
