import { createTargetLookup, nextAddressAfterMs, type TargetLookupNeeds } from '@mercat/service/target-lookup'
import { type ClientOptions, WebSocket } from 'ws'
import type { ConnectSource } from './source-socket.ts'

export type SourceClientOptions = {
	/** A larger message ends its connection. */
	mostMessageBytes?: number
}

// For the connection, TLS and the answer of the source.
const handshakeTimeoutMs = 10_000
// For the source to end a connection after the last word.
const closeTimeoutMs = 2_000

/** Connects to sources over WebSocket. */
export function createSourceClient(
	needs: TargetLookupNeeds,
	{ mostMessageBytes = 1_048_576 }: SourceClientOptions = {},
): ConnectSource {
	const { lookup, refusalOf } = createTargetLookup(needs)
	const options: ClientOptions = {
		// Decompression would cost more than the parsing, and memory for each connection.
		perMessageDeflate: false,
		maxPayload: mostMessageBytes,
		handshakeTimeout: handshakeTimeoutMs,
		// The types of the library do not have these. It passes the first ones on to Node.
		...{ lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: nextAddressAfterMs },
		...{ closeTimeout: closeTimeoutMs },
	}

	return ({ url, headers }, events) => {
		const socket = open(url, headers)
		if (socket instanceof Error) {
			queueMicrotask(() => events.closed(socket.message))
			return { pause() {}, resume() {}, ping() {}, pong() {}, end() {} }
		}
		let trouble: string | undefined
		socket
			.on('open', events.opened)
			.on('message', (data) => events.message(data as Buffer))
			.on('ping', events.heard)
			.on('pong', events.heard)
			.on('error', ({ message }) => {
				trouble ??= message
				// The library would wait for the source to close.
				socket.terminate()
			})
			.on('close', (code) => events.closed(trouble ?? `closed with the code ${code}`))
		const whenOpen = (send: () => void) => {
			if (socket.readyState === WebSocket.OPEN) send()
		}
		return {
			pause: () => socket.pause(),
			resume: () => socket.resume(),
			ping: () => whenOpen(() => socket.ping()),
			pong: () => whenOpen(() => socket.pong()),
			end: () => socket.terminate(),
		}
	}

	function open(url: URL, headers: Record<string, string>): WebSocket | Error {
		const refusal = refusalOf(url.hostname.replace(/^\[|\]$/g, ''))
		if (refusal !== undefined) return refusal
		try {
			return new WebSocket(url, { ...options, headers })
		} catch (error) {
			// A header or a URL that cannot be sent.
			return error as Error
		}
	}
}
