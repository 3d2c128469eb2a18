import { subscribe } from 'node:diagnostics_channel'
import { constants, type ServerHttp2Stream } from 'node:http2'
import type { Metadata } from '@grpc/grpc-js'

const header = 'mercat-http2-stream'
const streams = new Map<string, ServerHttp2Stream>()
let last = 0
let isKeeping = false

/**
 * Gives each stream of HTTP/2 a number, for all servers of this process, and shows it to grpc-js as metadata. grpc-js can
 * neither cut a single call off nor tell that its connection is about to be closed.
 */
export function keepHttp2Streams(): void {
	// Each subscription of the same function counts.
	if (!isKeeping) subscribe('http2.server.stream.created', keep)
	isKeeping = true
}

function keep(message: unknown): void {
	const { stream, headers } = message as { stream: ServerHttp2Stream; headers: Record<string, unknown> }
	const id = String(++last)
	headers[header] = id
	streams.set(id, stream)
	stream.once('close', () => streams.delete(id))
}

/** The connection of a call, as long as it is open. */
export function http2StreamOf(metadata: Metadata): Http2StreamOfCall {
	const stream = streams.get(String(metadata.get(header)[0]))
	return {
		cut: () => stream?.close(constants.NGHTTP2_CANCEL),
		isConnectionClosing: () => stream?.session?.closed ?? true,
	}
}

export type Http2StreamOfCall = {
	/** Ends the call at once. What was written and not sent is dropped. */
	cut(): void
	/** Whether the server has asked the caller for another connection. This one is cut soon. */
	isConnectionClosing(): boolean
}
