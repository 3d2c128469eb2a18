import type { ServerWritableStream } from '@grpc/grpc-js'
import { http2StreamOf } from './http2-streams.ts'

/** The way to the caller of a stream of responses. */
export type StreamOutput = {
	/** Calls `taken` when the connection has taken the response: not before the caller has room for it. */
	write(response: Buffer, taken: () => void): void
	/** Ends the stream after what was written. */
	end(): void
	/** Ends the stream with the status of an error, after what was written. */
	fail(error: unknown): void
	/** Cuts the stream off. */
	cut(): void
	isConnectionClosing(): boolean
	/** How many responses were written. */
	messages(): number
}

export function createStreamOutput(
	call: ServerWritableStream<unknown, unknown>,
	fail: (error: unknown) => void,
): StreamOutput {
	const { cut, isConnectionClosing } = http2StreamOf(call.metadata)
	let messages = 0
	return {
		write(response, taken) {
			if (call.destroyed) return
			messages++
			call.write(response, (error?: Error | null) => {
				if (!error) taken()
			})
		},
		end: () => void call.end(),
		fail,
		cut,
		isConnectionClosing,
		messages: () => messages,
	}
}
