import { type ServiceError, status } from '@grpc/grpc-js'
import type { CatalogClients } from '@mercat/catalog-api/client'
import { errorDetails } from '@mercat/catalog-api/errors'
import type { WatchProductsResponse__Output } from '@mercat/catalog-api/messages/WatchProductsResponse'
import { backoffMs } from '@mercat/service/backoff'
import { callWatchProducts, type WatchCall } from './watch-call.ts'

export type WatchNeeds = {
	clients: CatalogClients
	log: { warn(facts: object, message: string): void; info(facts: object, message: string): void }
}

export type WatchOptions = {
	/** Where the watch goes on. Undefined: it begins now. */
	token?: string | undefined
	onMessage(message: WatchProductsResponse__Output): void
	/** The changes after the token are not known any more, or it is no token. The watch is over. */
	onExpired(): void
}

/** Every change of every product, in order. */
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
const silentMs = 20_000
const checkMs = 1_000

/**
 * Opens watches. A watch goes on with its last token after each end of its call, as often as it takes. The catalog ends calls
 * every few minutes.
 */
export function createOpenWatch({ clients, log }: WatchNeeds): OpenWatch {
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
				again(undefined)
			}
		}, checkMs).unref()

		function begin(): void {
			heardAt = performance.now()
			call = callWatchProducts(clients, {
				token,
				onMessage(message) {
					heardAt = performance.now()
					if (failures > 0) log.info({ failures }, 'the catalog tells its changes again')
					failures = 0
					token = message.resumeToken
					onMessage(message)
				},
				onEnd(error) {
					if (error === undefined) again(undefined)
					else if (token !== undefined && isTokenRefused(error)) {
						close()
						onExpired()
					} else {
						if (failures++ === 0) log.warn({ err: error }, 'the catalog does not tell its changes')
						again(error)
					}
				},
			})
			if (isPaused) call.pause()
		}

		function again(error: ServiceError | undefined): void {
			call = undefined
			const askedMs = error === undefined ? 0 : (errorDetails(error).retryDelayMs ?? 0)
			retry = setTimeout(begin, Math.max(askedMs, backoffMs(Math.max(1, failures), firstBackoffMs, largestBackoffMs)))
			retry.unref()
		}

		function close(): void {
			clearInterval(check)
			clearTimeout(retry)
			call?.cancel()
			call = undefined
		}

		begin()
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

// A text that was never a token is refused as an argument.
function isTokenRefused(error: ServiceError): boolean {
	return error.code === status.OUT_OF_RANGE || error.code === status.INVALID_ARGUMENT
}
