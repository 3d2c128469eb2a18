import { createTargetLookup, type TargetLookupNeeds } from '@mercat/service/target-lookup'
import { type ClientOptions, WebSocket } from 'ws'
import type { ConnectSource } from './source-socket.ts'

export type SourceClientOptions = {
	/** A larger message ends its connection. */
	mostMessageBytes?: number
	/** For the connection, TLS and the answer of the source. */
	handshakeTimeoutMs?: number
}

// Node waits a quarter of a second before it tries the next address of a host. Far hosts need longer.
const nextAddressAfterMs = 1_000

/** Connects to sources over WebSocket. */
export function createSourceClient(
	needs: TargetLookupNeeds,
	{ mostMessageBytes = 1_048_576, handshakeTimeoutMs = 10_000 }: SourceClientOptions = {},
): ConnectSource {
	const { lookup, refusalOf } = createTargetLookup(needs)
	const options: ClientOptions = {
		// Decompression would cost more than the parsing, and memory for each connection.
		perMessageDeflate: false,
		maxPayload: mostMessageBytes,
		handshakeTimeout: handshakeTimeoutMs,
		// The library passes these on to Node, which its types do not tell.
		...{ lookup, autoSelectFamily: true, autoSelectFamilyAttemptTimeout: nextAddressAfterMs },
	}

	return ({ url, headers }, events) => {
		const refusal = refusalOf(url.hostname.replace(/^\[|\]$/g, ''))
		if (refusal !== undefined) {
			queueMicrotask(() => events.closed(refusal.message))
			return { pause() {}, resume() {}, ping() {}, pong() {}, end() {} }
		}
		const socket = new WebSocket(url, { ...options, headers })
		let trouble: string | undefined
		socket
			.on('open', events.opened)
			.on('message', (data) => events.message(data as Buffer))
			.on('ping', events.heard)
			.on('pong', events.heard)
			.on('error', ({ message }) => {
				trouble ??= message
			})
			.on('close', (code) => events.closed(trouble ?? `closed with the code ${code}`))
		return {
			pause: () => socket.pause(),
			resume: () => socket.resume(),
			ping: () => whenOpen(() => socket.ping()),
			pong: () => whenOpen(() => socket.pong()),
			end: () => socket.terminate(),
		}

		function whenOpen(send: () => void): void {
			if (socket.readyState === WebSocket.OPEN) send()
		}
	}
}
