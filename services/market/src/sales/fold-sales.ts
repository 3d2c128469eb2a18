import { randomUUID } from 'node:crypto'
import { createAlarm } from '@mercat/service/alarm'
import { fullJitterMs } from '@mercat/service/backoff'
import { EventsUnavailableError } from './events-log.ts'
import type { SalesPlace } from './sales-place.ts'

/** What one step has done. */
export type FoldStep =
	/** The sales are at a place in the log. `isAtEnd` tells whether the log had no more. */
	| { kind: 'moved'; place: SalesPlace; throughMs: number | null; isAtEnd: boolean }
	/** The place has changed otherwise, and is to be read again. */
	| { kind: 'lost' }

export type FoldSalesNeeds = {
	/** Takes or keeps the place of the sales for this process. Undefined while another process has it. */
	claim(owner: string): Promise<SalesPlace | undefined>
	/** Gives the place back at once. */
	release(owner: string): Promise<unknown>
	/** Counts what comes next in the log. */
	foldNext(owner: string, place: SalesPlace, signal: AbortSignal): Promise<FoldStep>
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

export type FoldSalesOptions = {
	/** The pause at the end of the log. */
	idleMs?: number
	/** The pause while another process has the place. */
	claimMs?: number
	largestBackoffMs?: number
}

// Other processes may have another view of the log for a moment.
const againMs = 20
const firstBackoffMs = 250

/** How far this process has counted. */
export type FoldProgress = {
	position: number
	/** All transitions that the log had then are counted, in milliseconds since 1970. */
	throughMs: number | undefined
}

export type FoldSales = AsyncDisposable & {
	/** Undefined while another process counts, and before the first page. */
	progress(): FoldProgress | undefined
}

/**
 * Counts the events of the log while this process has the place of the sales, until the result is disposed of. After a failure,
 * whose outcome may be unknown, the place is read again.
 */
export function foldSales(needs: FoldSalesNeeds, options: FoldSalesOptions = {}): FoldSales {
	const { claim, release, foldNext, log } = needs
	const { idleMs = 1_000, claimMs = 2_000, largestBackoffMs = 30_000 } = options
	const owner = randomUUID()
	const stop = new AbortController()
	const alarm = createAlarm()
	let place: SalesPlace | undefined
	let progress: FoldProgress | undefined
	let failures = 0

	/** Returns how long to wait before the next step. */
	async function step(): Promise<number> {
		place ??= await claim(owner)
		if (place === undefined) {
			progress = undefined
			return claimMs
		}
		const step = await foldNext(owner, place, stop.signal)
		if (failures > 0) log.info({}, 'sales are counted again')
		failures = 0
		if (step.kind === 'lost') {
			place = undefined
			return againMs
		}
		place = step.place
		progress = { position: place.position ?? 0, throughMs: step.throughMs ?? progress?.throughMs }
		return step.isAtEnd ? idleMs : 0
	}

	async function run(): Promise<void> {
		while (!stop.signal.aborted) {
			let waitMs: number
			try {
				waitMs = await step()
			} catch (err) {
				if (stop.signal.aborted) return
				place = undefined
				if (failures++ === 0) log.warn({ err }, 'sales cannot be counted; it is tried again')
				const askedMs = err instanceof EventsUnavailableError ? err.retryAfterMs : 0
				waitMs = Math.max(askedMs, fullJitterMs(failures, firstBackoffMs, largestBackoffMs))
			}
			if (waitMs > 0) await alarm.wait(waitMs)
		}
	}

	const stopped = run()
	return {
		progress: () => progress,
		async [Symbol.asyncDispose]() {
			stop.abort()
			alarm.ring()
			await stopped
			// Without it, another process waits for the end of the lease.
			await release(owner).catch((err) => log.warn({ err }, 'the place of the sales was not given back'))
		},
	}
}
