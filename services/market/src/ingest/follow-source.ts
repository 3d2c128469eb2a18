import { setTimeout as sleep } from 'node:timers/promises'
import { fullJitterMs } from '@mercat/service/backoff'
import type { Logger } from '@mercat/service/log'
import type { SourceMessage } from '../ticks/source-message.ts'
import type { FollowedSource } from './followed-source.ts'
import { createMessageQueue, type TakeOptions } from './message-queue.ts'
import { createReadMessage } from './reading/read-message.ts'
import { createSampledLog } from './sampled-log.ts'
import { openSourceConnection, type SourceConnection } from './source-connection.ts'
import { countsOf, showSource } from './source-metrics.ts'
import type { ConnectSource } from './source-socket.ts'

/** A source while this process follows it. */
export type Source = AsyncDisposable & {
	name: string
	/**
	 * The next messages in their order, as soon as there is one. While nobody takes them, they wait, and then the source is not
	 * read. Empty when the source is disposed of. One caller at a time.
	 */
	take(options: TakeOptions): Promise<SourceMessage[]>
	status(): SourceStatus
}

export type SourceStatus = {
	isConnected: boolean
	/** Whether it is not read because the queue is full. */
	isPaused: boolean
	/** Whether it has sent nothing that can be used for longer than its settings allow. */
	isStale: boolean
	/** The number of the last message in order, whether it is taken or not. Undefined before the first one. */
	position: number | undefined
	waitingTicks: number
}

export type FollowSourceNeeds = {
	connect: ConnectSource
	log: Pick<Logger, 'info' | 'warn' | 'child'>
}

export type FollowSourceOptions = {
	/** The last message whose effects are stored. Without it, the source begins with a snapshot. */
	position?: number | undefined
	mostTicks?: number
	mostBytes?: number
	reorderMs?: number
	pingMs?: number
	silentMs?: number
	firstBackoffMs?: number
	largestBackoffMs?: number
}

/**
 * Follows a source until the result is disposed of: connects to it again and again, goes on after the last message, and asks for
 * a snapshot where the source cannot.
 */
export function followSource(
	{ connect, log }: FollowSourceNeeds,
	source: FollowedSource,
	{
		position,
		mostTicks = 20_000,
		mostBytes = 8 * 1_048_576,
		reorderMs = 500,
		pingMs = 10_000,
		silentMs = 25_000,
		firstBackoffMs = 250,
		largestBackoffMs = 30_000,
	}: FollowSourceOptions = {},
): Source {
	const stop = new AbortController()
	const counts = countsOf(source.name)
	const sampledLog = createSampledLog(log.child({ source: source.name }))
	const queue = createMessageQueue({ hasRoom: () => connection?.resume() }, { mostTicks, mostBytes })
	const read = createReadMessage(source)
	let connection: SourceConnection | undefined
	let last = position
	let usefulAt = performance.now()
	// The message before the last gap.
	let gapAfter: number | undefined
	let asksSnapshot = false

	function connectAgain(): SourceConnection {
		const needs = { connect, read, queue, counts, log: sampledLog, accepted, useful }
		return openSourceConnection(needs, source, {
			after: asksSnapshot ? undefined : last,
			...{ reorderMs, pingMs, silentMs },
		})
	}

	function accepted({ seq }: SourceMessage): void {
		last = seq
		asksSnapshot = false
	}

	function useful(): void {
		usefulAt = performance.now()
	}

	async function follow(): Promise<void> {
		for (let attempt = 1; !stop.signal.aborted; attempt++) {
			connection = connectAgain()
			const { reason, why, wasUseful } = await connection.ended
			counts.countEnd(reason)
			if (reason === 'stopped') return
			sampledLog.warn('the connection to a source has ended; it is opened again', { reason, why, after: last })
			// The source has the missing message, if anybody. It is asked once.
			if (reason === 'behind' || (reason === 'gap' && gapAfter === last)) asksSnapshot = true
			if (reason === 'gap') gapAfter = last
			if (wasUseful) attempt = 1
			const waitMs = fullJitterMs(attempt, firstBackoffMs, largestBackoffMs)
			await sleep(waitMs, undefined, { signal: stop.signal }).catch(() => {})
		}
	}

	const isStale = () => performance.now() - usefulAt > source.staleAfterS * 1_000
	const status = (): SourceStatus => ({
		isConnected: connection?.isOpen() ?? false,
		isPaused: connection?.isPaused() ?? false,
		isStale: isStale(),
		position: last,
		waitingTicks: queue.ticks(),
	})
	const hide = showSource(source.name, status)
	const ended = follow()
	return {
		name: source.name,
		take: queue.take,
		status,
		async [Symbol.asyncDispose]() {
			stop.abort()
			connection?.stop()
			queue.close()
			hide[Symbol.dispose]()
			await ended
		},
	}
}
