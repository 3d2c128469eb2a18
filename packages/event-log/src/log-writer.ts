import { setTimeout as sleep } from 'node:timers/promises'
import { createAlarm } from '@mercat/service/alarm'
import { drainBatches } from '@mercat/service/drain-batches'
import type { Logger } from '@mercat/service/log'
import { Gauge, Histogram } from '@mercat/service/metrics'
import { repeat } from '@mercat/service/repeat'
import type { Assignment } from './assignment.ts'

export type LogWriterNeeds = {
	/**
	 * Gives positions to a bounded number of committed events. Every process has a writer, so its statement lets one process
	 * write at a time, by the lock of a row: it gives none while another process has the lock.
	 */
	assign(): Promise<Assignment>
	/** Deletes up to `limit` events that are old enough. Returns how many. */
	prune(limit: number): Promise<number>
	metrics: LogWriterMetrics
	log: Pick<Logger, 'error'>
}

export type LogWriterOptions = {
	/** The events in the log of the process, such as `events` in "writer of events failed". */
	name: string
	/**
	 * The least time between two runs. For speed, the events of this time share a run; an event after a pause has a run of its own at
	 * once.
	 */
	restMs?: number
}

export type LogWriter = AsyncDisposable & {
	/** Tells the writer that there may be new events. */
	wake(): void
	/** Calls `listener` with the last position of the log after each run. Returns a function that ends this. */
	onPositions(listener: (lastPosition: number) => void): () => void
}

export type LogWriterMetrics = {
	delaySeconds: { observe(delayS: number): void }
	waitingSeconds: { set(waitingS: number): void }
}

export type LogWriterMetricsOptions = {
	/** The beginning of the names, such as `mercat_event`. */
	prefix: string
	/** What gets a position, for the help: one word in the singular, such as `transition`. */
	subject: string
}

// A run passes over the rows that earlier runs deleted. They stay while an older transaction is open, such as a backup, so
// runs can become slow. Then they come less often.
const restOfRun = 4
// How soon the writer looks for events of other processes, and for positions that others gave.
const pollMs = 250
const pruneIntervalMs = 60_000
const prunedAtOnce = 5_000

/** Creates the metrics of a log. A process calls this once for each of its logs. */
export function createLogWriterMetrics({ prefix, subject }: LogWriterMetricsOptions): LogWriterMetrics {
	return {
		delaySeconds: new Histogram({
			name: `${prefix}_delay_seconds`,
			help: `How long the oldest ${subject} of a run had waited for its position in the log`,
			buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
		}),
		waitingSeconds: new Gauge({
			name: `${prefix}_waiting_seconds`,
			help: `How long the oldest ${subject} has waited for its position while another process or transaction holds the log`,
			// Every process sees the same events wait.
			aggregator: 'max',
		}),
	}
}

/** Gives positions to committed events until it is disposed of. Also deletes old events. */
export function startLogWriter(
	{ assign, prune, metrics, log }: LogWriterNeeds,
	{ name, restMs = 100 }: LogWriterOptions,
): LogWriter {
	const stop = new AbortController()
	const listeners = new Set<(lastPosition: number) => void>()
	const alarm = createAlarm()

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			const startedAt = performance.now()
			await write().catch((error: unknown) => log.error({ err: error }, `writer of ${name} failed; it goes on`))
			await rest(Math.max(restMs, restOfRun * (performance.now() - startedAt)))
			if (!stop.signal.aborted) await alarm.wait(pollMs)
		}
	}

	async function write(): Promise<void> {
		for (;;) {
			const { events, lastPosition, delayS, waitingS, isMore } = await assign()
			if (events > 0) metrics.delaySeconds.observe(delayS)
			metrics.waitingSeconds.set(waitingS)
			for (const listener of listeners) listener(lastPosition)
			if (!isMore || stop.signal.aborted) return
		}
	}

	async function rest(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
	}

	const running = run()
	const pruning = repeat(
		{ name: `prune ${name}`, run: () => drainBatches(prunedAtOnce, prune), intervalMs: pruneIntervalMs },
		log,
	)
	return {
		wake: alarm.ring,
		onPositions(listener) {
			listeners.add(listener)
			return () => listeners.delete(listener)
		},
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await Promise.all([running, pruning[Symbol.asyncDispose]()])
		},
	}
}
