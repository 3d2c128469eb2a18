import type { ServerWritableStream } from '@grpc/grpc-js'
import type { StreamOutput } from '../streams/stream-output.ts'
import { http2StreamOf } from './http2-streams.ts'

/** The output of a stream that has a count of its responses, too. */
export type CountedOutput = StreamOutput & {
	/** How many responses were written. */
	messages(): number
}

export function createStreamOutput(
	call: ServerWritableStream<unknown, unknown>,
	fail: (error: unknown) => void,
): CountedOutput {
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
