import { once } from 'node:events'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { ExchangeTick } from './exchange-tick.ts'
import { createMessageHistory } from './message-history.ts'
import { openSubscriber, type Subscriber } from './subscriber.ts'
import { createDisturb, type WireFaults } from './wire-faults.ts'

/** An exchange that sends numbered messages to all subscribers. */
export type Exchange = AsyncDisposable & {
	/** The URL for subscribers, to which they may add `?after=SEQ`. */
	url: string
	port: number
	/**
	 * Publishes a message with these ticks, and returns its number.
	 *
	 * @param garbage what else is between the ticks
	 */
	publish(ticks: readonly ExchangeTick[], garbage?: readonly unknown[]): number
	/** The number of the last message. */
	last(): number
	/** Ends all connections without a word. Returns how many there were. */
	cut(): number
	/** How many subscribers are connected. */
	subscribers(): number
	/** How many messages the slowest subscriber is still to be sent. */
	behind(): number
	/** The last 1,000 subscriptions: what each has asked for, and its headers. */
	subscriptions: readonly Subscription[]
	counts(): ExchangeCounts
}

export type Subscription = { after: number | undefined; headers: IncomingHttpHeaders }

export type ExchangeCounts = { messages: number; ticks: number; subscriptions: number; snapshots: number; cuts: number }

export type ExchangeOptions = {
	host?: string
	/** 0 for any free port. */
	port?: number
	/** The number of the first message. */
	firstSeq?: number
	/** How many messages are kept for subscribers that come back. */
	keptMessages?: number
	faults?: WireFaults
	/** Without answers, a subscriber takes the connection for dead. */
	answersPings?: boolean
	/** Gets each message when it is published, and each snapshot when it is sent, as JSON. */
	record?(message: string): void
}

const mostRemembered = 1_000

/** Starts an exchange. It keeps the newest tick of each sku for snapshots. */
export async function startExchange({
	host = '127.0.0.1',
	port = 0,
	firstSeq = 1,
	keptMessages = 10_000,
	faults = { random: () => 1 },
	answersPings = true,
	record = () => {},
}: ExchangeOptions = {}): Promise<Exchange> {
	const history = createMessageHistory(keptMessages, firstSeq)
	const newest = new Map<string, ExchangeTick>()
	const subscribers = new Set<Subscriber>()
	const subscriptions: Subscription[] = []
	const counts: ExchangeCounts = { messages: 0, ticks: 0, subscriptions: 0, snapshots: 0, cuts: 0 }
	const server = new WebSocketServer({
		host,
		port,
		perMessageDeflate: false,
		maxPayload: 1_024,
		autoPong: answersPings,
	})

	server.on('connection', (socket, request) => {
		const after = afterOf(request)
		counts.subscriptions++
		subscriptions.push({ after, headers: request.headers })
		if (subscriptions.length > mostRemembered) subscriptions.shift()
		const subscriber = openSubscriber({ socket, history, snapshot, disturb: createDisturb(faults) }, after)
		subscribers.add(subscriber)
		socket.on('close', () => subscribers.delete(subscriber))
		subscriber.wake()
	})
	await once(server, 'listening')
	const { port: openPort } = server.address() as AddressInfo

	function snapshot(): Buffer {
		const text = JSON.stringify({ seq: history.last(), snapshot: true, ticks: [...newest.values()] })
		counts.snapshots++
		record(text)
		return Buffer.from(text)
	}

	function cut(): number {
		const cutNow = subscribers.size
		for (const subscriber of subscribers) subscriber.cut()
		counts.cuts += cutNow
		return cutNow
	}

	return {
		url: `ws://${host}:${openPort}/`,
		port: openPort,
		publish(ticks, garbage = []) {
			const seq = history.last() + 1
			const text = JSON.stringify({ seq, ticks: garbage.length === 0 ? ticks : [...garbage, ...ticks] })
			for (const tick of ticks) newest.set(tick.sku, tick)
			counts.messages++
			counts.ticks += ticks.length
			record(text)
			history.add(Buffer.from(text))
			for (const subscriber of subscribers) subscriber.wake()
			return seq
		},
		last: history.last,
		cut,
		subscribers: () => subscribers.size,
		behind: () => Math.max(0, ...[...subscribers].map((subscriber) => subscriber.behind())),
		subscriptions,
		counts: () => ({ ...counts }),
		async [Symbol.asyncDispose]() {
			for (const subscriber of subscribers) subscriber.cut()
			await new Promise((resolve) => server.close(resolve))
		},
	}
}

/** Anything but a number is no position, so such a subscriber gets a snapshot. */
function afterOf({ url = '/' }: IncomingMessage): number | undefined {
	const text = new URL(url, 'ws://exchange').searchParams.get('after') ?? ''
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}
