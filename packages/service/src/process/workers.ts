import cluster, { type Worker } from 'node:cluster'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from '../logging/log.ts'
import { exitOnStartError, type ListeningMessage } from './run.ts'
import { relaySiblings } from './sibling-relay.ts'

export type WorkersOptions = {
	workers: number
	log: Logger
	shutdownTimeoutMs: number
	host: string
	/** Where this process answers operators for all workers. */
	metricsPort?: number
}

const restartAfterMs = 500
// A worker normally ends within its own timeout. After this much longer, it is killed.
const graceMs = 2_000

/** Whether this process only manages workers and does not serve requests. */
export function isPrimary(workers: number): boolean {
	return workers > 1 && cluster.isPrimary
}

/**
 * Runs `workers` processes of this program on one port, until SIGTERM, SIGINT or the end of the parent process. A
 * worker that ends earlier is replaced. A worker that ends before it listens ends all others and this process.
 */
export async function runWorkers({
	workers,
	log,
	shutdownTimeoutMs,
	host,
	metricsPort,
}: WorkersOptions): Promise<never> {
	const stop = Promise.withResolvers<{ exitCode: number }>()
	process.once('SIGTERM', () => stop.resolve({ exitCode: 0 })).once('SIGINT', () => stop.resolve({ exitCode: 0 }))
	process.once('disconnect', () => stop.resolve({ exitCode: 0 }))
	// Each worker accepts connections itself. A connection that the primary passes to a dying worker would get no answer.
	cluster.schedulingPolicy = cluster.SCHED_NONE
	// Metrics may be NaN, which JSON does not have.
	cluster.setupPrimary({ serialization: 'advanced' })
	const serving = new Set<Worker>()
	relaySiblings({ serving: () => [...serving] })
	if (metricsPort !== undefined) {
		const [{ createSumOfWorkers }, { startOperatorServer }] = await Promise.all([
			import('./sum-of-workers.ts'),
			import('./operator-server.ts'),
		])
		const needs = { ...createSumOfWorkers({ serving: () => [...serving] }), log }
		await startOperatorServer(host, metricsPort, needs).catch((error) => exitOnStartError(log, error))
	}
	let stopping = false
	let told = false

	function forkWorker(): void {
		const worker = cluster.fork()
		worker.on('message', (message: Partial<ListeningMessage>) => {
			if (message.listening === undefined) return
			serving.add(worker)
			// The parent process gets one message, as from a service without workers.
			if (!told) process.send?.(message)
			told = true
		})
		worker.once('exit', async (code, signal) => {
			const served = serving.delete(worker)
			if (stopping) return
			log.error({ pid: worker.process.pid, code, signal }, 'a worker has ended')
			if (!served) {
				stop.resolve({ exitCode: 1 })
				return
			}
			await sleep(restartAfterMs)
			if (!stopping) forkWorker()
		})
	}
	for (let count = 0; count < workers; count++) forkWorker()

	const { exitCode } = await stop.promise
	stopping = true
	const running = Object.values(cluster.workers ?? {}) as Worker[]
	await Promise.all(running.map((worker) => endWorker(worker, shutdownTimeoutMs + graceMs)))
	process.exit(exitCode)
}

async function endWorker(worker: Worker, withinMs: number): Promise<void> {
	if (worker.isDead()) return
	const ended = new Promise((settle) => worker.once('exit', settle))
	worker.process.kill('SIGTERM')
	const limit = setTimeout(() => worker.process.kill('SIGKILL'), withinMs)
	await ended
	clearTimeout(limit)
}
