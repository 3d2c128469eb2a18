import type { SourceMessage } from '../ticks/source-message.ts'
import type { ConnectionEnd, EndReason } from './connection-end.ts'
import { createMessageOrder } from './message-order.ts'
import type { MessageQueue } from './message-queue.ts'
import type { ReadMessage } from './reading/read-message.ts'
import type { SampledLog } from './sampled-log.ts'
import type { SourceCounts } from './source-metrics.ts'
import { createSourcePulse } from './source-pulse.ts'
import type { ConnectSource, SourceTarget } from './source-socket.ts'

export type SourceConnection = {
	ended: Promise<ConnectionEnd>
	isOpen(): boolean
	isPaused(): boolean
	/** Reads on, after the queue was full. */
	resume(): void
	stop(): void
}

export type ConnectionNeeds = {
	connect: ConnectSource
	read: ReadMessage
	queue: Pick<MessageQueue, 'push' | 'isFull'>
	counts: SourceCounts
	/** Tells which source it is. */
	log: SampledLog
	/** A message came in order. It is in the queue. */
	accepted(message: SourceMessage): void
	/** The source has sent something that can be used. */
	useful(): void
}

export type ConnectionOptions = {
	/** The last message before. Without it the source begins with a snapshot. */
	after: number | undefined
	/** How long a message may wait for those before it. */
	reorderMs: number
	pingMs: number
	silentMs: number
}

const mostWaiting = 1_000
const mostWaitingBytes = 1_048_576
const mostBadInRow = 100
const sampleLength = 200

/** One connection to a source: it puts the messages in order, and in the queue, and stops reading while the queue is full. */
export function openSourceConnection(
	{ connect, read, queue, counts, log, accepted, useful }: ConnectionNeeds,
	{ url, headers }: SourceTarget,
	{ after, reorderMs, pingMs, silentMs }: ConnectionOptions,
): SourceConnection {
	const order = createMessageOrder({ deliver }, { after, mostWaiting, mostWaitingBytes })
	const { promise: ended, resolve } = Promise.withResolvers<ConnectionEnd>()
	let state: 'opening' | 'open' | 'over' = 'opening'
	let isPaused = false
	let wasUseful = false
	let badInRow = 0
	let gapTimer: NodeJS.Timeout | undefined
	const socket = connect(
		{ url: withAfter(url, after), headers },
		{
			opened() {
				if (state !== 'opening') return
				state = 'open'
				pulse.start()
				if (queue.isFull()) pause()
				log.info('connected to a source', { after })
			},
			message: (data) => state === 'open' && take(data),
			heard: () => pulse.beat(),
			closed: (why) => end('closed', why),
		},
	)
	const pulse = createSourcePulse({ socket, isPaused: () => isPaused, end }, { pingMs, silentMs })

	function take(data: Buffer): void {
		pulse.beat()
		const { message, reason } = read(data, performance.now())
		if (reason !== undefined) {
			counts.countBadMessage(reason)
			log.warn('a source sends messages that cannot be read', {
				reason,
				sample: data.toString('utf8', 0, sampleLength),
			})
		}
		const isUseful = reason === undefined && message !== undefined && isUsable(message)
		badInRow = isUseful ? 0 : badInRow + 1
		if (message !== undefined) place(message, isUseful)
		if (badInRow >= mostBadInRow) end('bad')
	}

	function place(message: SourceMessage, isUseful: boolean): void {
		const lastBefore = order.last()
		const placing = order.place(message)
		if (placing === 'duplicate') {
			counts.duplicates++
			pulse.countDuplicate(message.seq)
		} else if (placing === 'waits') {
			counts.reordered++
		} else if (isUseful) {
			wasUseful = true
			useful()
		}
		if (order.isFull()) closeGap()
		else if (order.last() !== lastBefore || gapTimer === undefined) watchGap()
	}

	function deliver(message: SourceMessage): void {
		queue.push(message)
		counts.countMessage(message)
		for (const { reason, sku } of message.bad) {
			counts.countBadTick(reason)
			log.warn('a source sends ticks that cannot be read', { reason, sku, seq: message.seq })
		}
		pulse.countAccepted()
		accepted(message)
		if (queue.isFull()) pause()
	}

	/** Gives the missing message its time, which stands still in a pause: then nothing is read. */
	function watchGap(): void {
		clearTimeout(gapTimer)
		gapTimer = undefined
		if (order.waiting() === 0 || isPaused || state === 'over') return
		const missing = order.last()
		// After a busy turn of the event loop, timers come before what the network has.
		const look = () => setImmediate(() => missing === order.last() && closeGap())
		gapTimer = setTimeout(look, reorderMs)
	}

	function closeGap(): void {
		if (order.waiting() === 0 || isPaused || state === 'over') return
		if (order.last() === undefined) {
			order.beginWithoutSnapshot()
			watchGap()
		} else end('gap')
	}

	function pause(): void {
		if (isPaused) return
		isPaused = true
		counts.pauses++
		socket.pause()
		watchGap()
	}

	function end(reason: EndReason, why?: string): void {
		if (state === 'over') return
		state = 'over'
		clearTimeout(gapTimer)
		pulse.stop()
		socket.end()
		resolve({ reason, why, wasUseful })
	}

	return {
		ended,
		isOpen: () => state === 'open',
		isPaused: () => isPaused,
		resume() {
			if (!isPaused) return
			isPaused = false
			pulse.beat()
			socket.resume()
			watchGap()
		},
		stop: () => end('stopped'),
	}
}

/** A message without any tick tells that nothing has changed. */
function isUsable({ ticks, bad }: SourceMessage): boolean {
	return ticks.length > 0 || bad.length === 0
}

function withAfter(url: URL, after: number | undefined): URL {
	if (after === undefined) return url
	const asked = new URL(url)
	asked.search += `${asked.search === '' ? '?' : '&'}after=${after}`
	return asked
}
