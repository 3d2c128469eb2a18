import { mayPass, usualWaitMs } from '../calling/asking-again.ts'
import { pause } from '../calling/pause.ts'
import { NoAnswerError } from '../problems/no-answer-error.ts'
import { isProblem } from '../problems/problem-error.ts'
import type { StreamFrame } from './event-reader.ts'
import { BrokenStreamError, readStream, type StreamPlace } from './read-stream.ts'

export type FollowOptions = {
	/** Ends the iteration. */
	signal?: AbortSignal | undefined
	/** Is called each time that the stream has failed or ended. It is opened again by itself. */
	onTrouble?: ((reason: Error) => void) | undefined
}

// Four times as long as the service is silent on a stream that works.
const silentMs = 20_000

/**
 * Reads a stream, and opens it again after its last id, as often as it takes. The service ends streams when it stops, and when
 * their token expires.
 *
 * @param firstId the last id of an earlier reader; empty for the beginning that the query names
 * @throws ProblemError when the service refuses the stream for good
 */
export async function* followStream(
	place: StreamPlace,
	firstId: string,
	{ signal = new AbortController().signal, onTrouble = () => {} }: FollowOptions,
): AsyncGenerator<StreamFrame, void, undefined> {
	let lastId = firstId
	let failures = 0
	while (!signal.aborted) {
		let reason: Error = new BrokenStreamError('ended by the service')
		try {
			for await (const frame of readStream(place, { lastId, silentMs, signal })) {
				failures = 0
				lastId = frame.id || lastId
				yield { ...frame, id: lastId }
			}
		} catch (error) {
			if (signal.aborted) return
			if (!mayEnd(error)) throw error
			reason = error
		}
		onTrouble(reason)
		failures++
		await pause(usualWaitMs(failures), signal).catch(() => {})
	}
}

/** Whether the stream may work again later. */
function mayEnd(error: unknown): error is Error {
	if (isProblem(error)) return mayPass(error.status)
	return error instanceof NoAnswerError || error instanceof BrokenStreamError
}
