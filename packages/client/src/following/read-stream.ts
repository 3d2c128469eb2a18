import type { Client, RequestOptions } from '../generated/client/index.ts'
import { createEventReader, type StreamFrame } from './event-reader.ts'

/** A stream of the service. */
export type StreamPlace = {
	client: Client
	url: string
	query?: Record<string, unknown> | undefined
	/** Left out where everyone may read. */
	security?: NonNullable<RequestOptions['security']>
}

export type ReadStreamOptions = {
	/** Where the stream goes on; empty for the beginning that the query names. */
	lastId: string
	/** The stream counts as broken after so many milliseconds without a byte. */
	silentMs: number
	signal: AbortSignal
}

/** A stream has ended before its time, or has nothing to say for too long. */
export class BrokenStreamError extends Error {
	override name = 'BrokenStreamError'
}

/** Reads a stream to its end, at the pace of its reader. Its connection is closed when the reader leaves. */
export async function* readStream(
	{ client, url, query, security }: StreamPlace,
	{ lastId, silentMs, signal }: ReadStreamOptions,
): AsyncGenerator<StreamFrame, void, undefined> {
	const leaving = new AbortController()
	const { data } = await client.get<{ 200: ReadableStream<Uint8Array> }, unknown, true>({
		url,
		...(query !== undefined && { query }),
		...(security !== undefined && { security }),
		headers: { accept: 'text/event-stream', ...(lastId !== '' && { 'last-event-id': lastId }) },
		cache: 'no-store',
		parseAs: 'stream',
		throwOnError: true,
		signal: AbortSignal.any([signal, leaving.signal]),
	})
	const bytes = data.getReader()
	const decoder = new TextDecoder()
	const read = createEventReader()
	try {
		for (;;) {
			// A reader that takes its time is no silence.
			const timer = setTimeout(() => leaving.abort(), silentMs)
			const { value, done } = await bytes
				.read()
				.catch((cause: unknown) => {
					signal.throwIfAborted()
					throw new BrokenStreamError(leaving.signal.aborted ? `silent for ${silentMs} ms` : 'cut', { cause })
				})
				.finally(() => clearTimeout(timer))
			if (done) return
			yield* read(decoder.decode(value, { stream: true }))
		}
	} finally {
		leaving.abort()
	}
}
