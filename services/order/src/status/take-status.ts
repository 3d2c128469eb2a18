import { setTimeout as sleep } from 'node:timers/promises'
import type { Status } from '@mercat/order-api/status-schemas'
import type { Backlog } from '../backlog/backlog.ts'
import { type Changes, changesOf } from './changes.ts'
import type { BreakerState, ProcessSample } from './process-sample.ts'
import { serviceStates } from './service-states.ts'
import { batchRatesOf, latencyOf, ratesOf, rounded } from './status-figures.ts'
import { watchFact } from './watched-fact.ts'

export type TakeStatusNeeds = {
	/** Host and process. */
	instance: string
	/** The samples of this process and of its siblings. A sibling that takes longer is left out. */
	sampleProcesses(withinMs: number): Promise<ProcessSample[]>
	databaseIsWritable(): Promise<boolean>
	catalogIsServing(): Promise<boolean>
	/** The state of the channel to the catalog. */
	channelState(): string
	readBacklog(): Promise<Backlog>
	isDraining(): boolean
}

const checkMs = 1_000
// A status of a second is told within that second, also when a worker and a check hang.
const waitForChecksMs = 400
const sampleMs = 400
// A process that hung for a while counts again from its sample before.
const forgetAfterMs = 10_000

/**
 * Takes one status after another. What a slow part has not answered in time is missing in a status, or as it was known before.
 * The first status waits for every part.
 */
export function createTakeStatus(needs: TakeStatusNeeds): () => Promise<Status> {
	const database = watchFact(needs.databaseIsWritable, checkMs)
	const catalog = watchFact(needs.catalogIsServing, checkMs)
	const backlog = watchFact(needs.readBacklog, checkMs)
	const known = new Map<number, ProcessSample & { seenAt: number }>()
	let isFirst = true

	async function check(): Promise<void> {
		const checks = Promise.all([database.look(), catalog.look(), backlog.look()])
		const limit = new AbortController()
		const late = sleep(waitForChecksMs, undefined, { signal: limit.signal }).catch(() => {})
		await (isFirst ? checks : Promise.race([checks, late]))
		limit.abort()
		isFirst = false
	}

	function remember(samples: ProcessSample[]): void {
		const seenAt = performance.now()
		for (const sample of samples) known.set(sample.pid, { ...sample, seenAt })
		for (const [pid, sample] of known) if (seenAt - sample.seenAt > forgetAfterMs) known.delete(pid)
	}

	return async () => {
		const samples = await needs.sampleProcesses(sampleMs)
		// Not before the samples, which would show the statements of the checks as work of the service.
		await check()
		const changes = changesOf(known, samples)
		remember(samples)
		const breaker = worstBreaker(samples)
		const databaseIsWritable = database.known()
		return {
			at: new Date().toISOString(),
			instance: needs.instance,
			workers: samples.length,
			services: serviceStates({
				isDraining: needs.isDraining(),
				databaseIsWritable,
				catalogIsServing: catalog.known(),
				channel: needs.channelState(),
				breaker,
			}),
			...figuresOf(changes),
			// The backlog may be from before an outage.
			lags: (databaseIsWritable && backlog.known()) || null,
			breaker,
			databasePool: {
				used: sumOf(samples, ({ databasePool }) => databasePool.used),
				idle: sumOf(samples, ({ databasePool }) => databasePool.idle),
				waiting: sumOf(samples, ({ databasePool }) => databasePool.waiting),
			},
			streams: sumOf(samples, ({ streams }) => streams),
			eventLoopDelayMs: rounded(Math.max(0, ...samples.map(({ eventLoopDelayMs }) => eventLoopDelayMs))),
		}
	}
}

function figuresOf(changes: Changes | undefined): Pick<Status, 'rates' | 'latency' | 'batches'> {
	if (changes === undefined) return { rates: null, latency: null, batches: [] }
	return { rates: ratesOf(changes), latency: latencyOf(changes), batches: batchRatesOf(changes) }
}

const bySeverity: BreakerState[] = ['open', 'half_open']

function worstBreaker(samples: ProcessSample[]): BreakerState {
	return bySeverity.find((state) => samples.some(({ breaker }) => breaker === state)) ?? 'closed'
}

function sumOf(samples: ProcessSample[], count: (sample: ProcessSample) => number): number {
	return samples.reduce((total, sample) => total + count(sample), 0)
}
