import { finished } from 'node:stream'
import type { Server, ServerDuplexStream, ServerWritableStream, ServiceDefinition } from '@grpc/grpc-js'
import { GeneralError } from '../errors/general-error.ts'
import { failStream, toServiceError } from '../errors/service-error.ts'

type Stream = ServerWritableStream<unknown, unknown> | ServerDuplexStream<unknown, unknown>

/** Imports need a token. Anyone may open the other streams. Streams of one kind never take the places of another. */
export type StreamKind = 'import' | 'public' | 'watch'

export type OpenStreams = ReturnType<typeof createOpenStreams>

// Unlike calls, streams stay. A public one costs little; an import may hold messages of 4 MB.
const mostOpen: Record<StreamKind, number> = { import: 64, public: 256, watch: 1_024 }
// Streams of changes are many. One caller leaves half of their places to others.
const mostOfPeer: Record<StreamKind, number> = { ...mostOpen, watch: 512 }
const overloadedRetryMs = 1_000

/** The open streams of a server: they are bounded, and a drain ends them. */
export function createOpenStreams() {
	const open: Record<StreamKind, Map<() => void, string>> = { import: new Map(), public: new Map(), watch: new Map() }
	let isDraining = false
	return {
		/**
		 * Counts a stream until it is over.
		 *
		 * @param end is called when the server drains. It ends the stream, unless the stream ends by itself soon.
		 * @throws GeneralError OVERLOADED, SHUTTING_DOWN
		 */
		add(kind: StreamKind, stream: Stream, end: () => void): void {
			if (isDraining) throw new GeneralError('SHUTTING_DOWN')
			const streams = open[kind]
			const peer = addressOf(stream.getPeer())
			const isFull =
				streams.size >= mostOpen[kind] ||
				(streams.size >= mostOfPeer[kind] && ofPeer(streams, peer) >= mostOfPeer[kind])
			if (isFull) throw new GeneralError('OVERLOADED', { retryDelayMs: overloadedRetryMs })
			streams.set(end, peer)
			finished(stream, { readable: false }, () => streams.delete(end))
		},

		get isDraining(): boolean {
			return isDraining
		},

		drain(): void {
			isDraining = true
			for (const streams of Object.values(open)) for (const end of [...streams.keys()]) end()
		},
	}
}

function ofPeer(streams: ReadonlyMap<unknown, string>, peer: string): number {
	let count = 0
	for (const other of streams.values()) if (other === peer) count++
	return count
}

// The port tells connections of one caller apart.
function addressOf(peer: string): string {
	return peer.replace(/:\d+$/, '')
}

type AnyHandler = (call: Stream) => unknown

/**
 * A server to which a library can add its service. The streams of that service are public ones: they end at once when
 * the server drains.
 */
export function countingStreams(server: Server, streams: OpenStreams): Server {
	const counted =
		(handle: AnyHandler): AnyHandler =>
		(call) => {
			const fail = (error: unknown) => failStream(call, toServiceError(error))
			try {
				streams.add('public', call, () => fail(new GeneralError('SHUTTING_DOWN')))
			} catch (error) {
				return fail(error)
			}
			return handle(call)
		}
	const counting: Pick<Server, 'addService'> = {
		addService(service: ServiceDefinition, handlers) {
			const isStream = (name: string) =>
				Object.entries(service).some(
					([key, method]) =>
						(key === name || method.originalName === name) && (method.requestStream || method.responseStream),
				)
			const wrapped = Object.entries(handlers).map(([name, handle]) =>
				isStream(name) ? [name, counted(handle as AnyHandler)] : [name, handle],
			)
			server.addService(service, Object.fromEntries(wrapped))
		},
	}
	return counting as Server
}
