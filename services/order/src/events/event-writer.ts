import { setTimeout as sleep } from 'node:timers/promises'
import { createAlarm } from '@mercat/service/alarm'
import { drainBatches } from '@mercat/service/drain-batches'
import type { Logger } from '@mercat/service/log'
import { Gauge, Histogram } from '@mercat/service/metrics'
import { repeat } from '@mercat/service/repeat'
import { type Assignment, statementsInRun } from './logged-event.ts'

export type EventWriterNeeds = {
	/** Gives positions to the committed transitions of up to `limit` statements. */
	assignPositions(limit: number): Promise<Assignment>
	/** Deletes up to `limit` events that are older than `retentionMs`. Returns how many. */
	prune(retentionMs: number, limit: number): Promise<number>
	log: Logger
}

export type EventWriterOptions = { eventsRetentionMs: number }

export type EventWriter = AsyncDisposable & {
	/** Tells the writer that there may be new transitions. */
	wake(): void
	/** Calls `listener` with the last position of the log after each run. Returns a function that ends this. */
	onPositions(listener: (lastPosition: number) => void): () => void
}

// The least time between two runs. For speed, the transitions of this time share a run; a transition after a pause has a
// run of its own at once.
const restMs = 100
// A run passes over the rows that earlier runs deleted. They stay while an older transaction is open, such as a backup, so
// runs can become slow. Then they come less often.
const restOfRun = 4
// How soon the writer looks for transitions of other processes, and for positions that others gave.
const pollMs = 250
const pruneIntervalMs = 60_000
const prunedAtOnce = 5_000

const delaySeconds = new Histogram({
	name: 'mercat_event_delay_seconds',
	help: 'How long the oldest transition of a run had waited for its position in the log',
	buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
})

const waitingSeconds = new Gauge({
	name: 'mercat_event_waiting_seconds',
	help: 'How long the oldest transition has waited for its position while another process or transaction holds the log',
	// Every process sees the same transitions wait.
	aggregator: 'max',
})

/**
 * Gives positions to the events of committed transitions until it is disposed of. Every process has a writer; the store
 * lets one of them write at a time. Also deletes old events.
 */
export function startEventWriter(needs: EventWriterNeeds, { eventsRetentionMs }: EventWriterOptions): EventWriter {
	const { assignPositions, prune, log } = needs
	const stop = new AbortController()
	const listeners = new Set<(lastPosition: number) => void>()
	const alarm = createAlarm()

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			const startedAt = performance.now()
			await write().catch((error: unknown) => log.error({ err: error }, 'writer of events failed; it goes on'))
			await rest(Math.max(restMs, restOfRun * (performance.now() - startedAt)))
			if (!stop.signal.aborted) await alarm.wait(pollMs)
		}
	}

	async function write(): Promise<void> {
		for (;;) {
			const { events, lastPosition, delayS, waitingS, isMore } = await assignPositions(statementsInRun)
			if (events > 0) delaySeconds.observe(delayS)
			waitingSeconds.set(waitingS)
			for (const listener of listeners) listener(lastPosition)
			if (!isMore || stop.signal.aborted) return
		}
	}

	async function rest(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal: stop.signal }).catch(() => {})
	}

	const running = run()
	const pruneOld = () => drainBatches(prunedAtOnce, (limit) => prune(eventsRetentionMs, limit))
	const pruning = repeat({ name: 'prune events', run: pruneOld, intervalMs: pruneIntervalMs }, log)
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
