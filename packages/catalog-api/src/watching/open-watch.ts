import { backoffMs } from '@mercat/service/backoff'
import type { WatchProductsResponse__Output } from '../generated/mercat/catalog/v1/WatchProductsResponse.ts'

/** How a call has ended: as it should, because the catalog knows no changes after its token, or otherwise. */
export type WatchCallEnd =
	| { outcome: 'ended' | 'expired' }
	| { outcome: 'failed'; error: unknown /** The wait that the catalog asks for. */; retryDelayMs: number }

export type WatchCallOptions = {
	/** Where the call goes on. Undefined: it begins now. */
	token: string | undefined
	onMessage(message: WatchProductsResponse__Output): void
	/** Is called once, and not after a cancel. */
	onEnd(end: WatchCallEnd): void
}

/** A call of WatchProducts. */
export type WatchCall = {
	/** Leaves further messages with the catalog. */
	pause(): void
	resume(): void
	cancel(): void
}

export type WatchNeeds = {
	call(options: WatchCallOptions): WatchCall
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

export type WatchOptions = {
	/** Where the watch goes on. Undefined: it begins now. */
	token?: string | undefined
	onMessage(message: WatchProductsResponse__Output): void
	/** The changes after the token are not known any more, or it is no token. The watch is over. */
	onExpired(): void
}

/** Every change of the products, in order. */
export type Watch = {
	/** Leaves further messages with the catalog. */
	pause(): void
	resume(): void
	close(): void
}

export type OpenWatch = (options: WatchOptions) => Watch

const firstBackoffMs = 100
const largestBackoffMs = 5_000
// Four times as long as the catalog is silent on a stream that works.
const defaultSilentMs = 20_000
const checkMs = 1_000

/**
 * Opens watches. A watch goes on with its last token after each end of its call, as often as it takes. The catalog ends calls
 * every few minutes.
 */
export function createOpenWatch(
	{ call: begin, log }: WatchNeeds,
	{ silentMs = defaultSilentMs }: { silentMs?: number } = {},
): OpenWatch {
	return ({ token: firstToken, onMessage, onExpired }) => {
		let token = firstToken
		let call: WatchCall | undefined
		let retry: ReturnType<typeof setTimeout> | undefined
		let failures = 0
		let isPaused = false
		let heardAt = performance.now()
		const check = setInterval(() => {
			if (isPaused) heardAt = performance.now()
			else if (call !== undefined && performance.now() - heardAt >= silentMs) {
				call.cancel()
				fail({ silentMs }, 'the catalog is silent, so its changes are asked for again')
				beginLater()
			}
		}, checkMs).unref()

		function beginNow(): void {
			heardAt = performance.now()
			call = begin({ token, onMessage: take, onEnd })
			if (isPaused) call.pause()
		}

		function take(message: WatchProductsResponse__Output): void {
			heardAt = performance.now()
			if (failures > 0) log.info({ failures }, 'the catalog tells its changes again')
			failures = 0
			token = message.resumeToken
			onMessage(message)
		}

		function onEnd(end: WatchCallEnd): void {
			if (end.outcome === 'expired') {
				close()
				onExpired()
			} else if (end.outcome === 'failed') {
				fail({ err: end.error }, 'the catalog does not tell its changes')
				beginLater(end.retryDelayMs)
			} else beginLater()
		}

		// The first of several in a row is enough.
		function fail(facts: object, message: string): void {
			if (failures++ === 0) log.warn(facts, message)
		}

		function beginLater(leastMs = 0): void {
			call = undefined
			const waitMs = backoffMs(Math.max(1, failures), firstBackoffMs, largestBackoffMs)
			retry = setTimeout(beginNow, Math.max(leastMs, waitMs)).unref()
		}

		function close(): void {
			clearInterval(check)
			clearTimeout(retry)
			call?.cancel()
			call = undefined
		}

		beginNow()
		return {
			pause() {
				isPaused = true
				call?.pause()
			},
			resume() {
				isPaused = false
				call?.resume()
			},
			close,
		}
	}
}
