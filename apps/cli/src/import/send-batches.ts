import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails, isConnectionBroken, isStreamRefused } from '@mercat/catalog-api/errors'
import type { ParsedBatch } from '../parsing/parse-messages.ts'
import type { ImportAnswer, ImportStream } from './import-stream.ts'

// This also bounds memory: a batch is taken only when it can be sent.
const mostUnanswered = 4
const attempts = 5
const firstBackoffMs = 200

export type SendListener = {
	onAnswer(answer: ImportAnswer, batch: ParsedBatch): void
	/** Is told how many rows are sent again. */
	onRepeat?(rows: number): void
	/** When it is aborted, an attempt that fails is the last one. */
	stop?: AbortSignal
	/** When it is aborted, the call ends at once. */
	halt?: AbortSignal
}

/**
 * Sends every batch of a lane and waits for its answer. When the connection breaks, the unanswered batches are sent again
 * over a new one. Repeating is safe, because the catalog's upserts are idempotent. An old stream ends after its answers, and
 * the lane goes on over a new one, so that an import that is longer than a connection sends no row twice.
 *
 * @throws ServiceError when the catalog refuses the call, or after five attempts without an answer
 */
export async function sendBatches(
	openStream: () => ImportStream,
	batches: AsyncIterator<ParsedBatch, void>,
	{ onAnswer, onRepeat = () => {}, stop, halt }: SendListener,
): Promise<void> {
	const unanswered: ParsedBatch[] = []
	let failures = 0
	let nextBatch: Promise<IteratorResult<ParsedBatch, void>> | undefined = batches.next()

	/** Whether something is to be sent, or to be answered. It waits for the next batch, so that no stream opens without one. */
	async function hasWork(): Promise<boolean> {
		return unanswered.length > 0 || (nextBatch !== undefined && !(await nextBatch).done)
	}

	/** Sends and counts on one stream, each as soon as it can, until the lane has ended or the stream is old. */
	async function useStream(stream: ImportStream): Promise<void> {
		let nextAnswer: Promise<ImportAnswer> | undefined
		for (;;) {
			const isWanted = nextBatch !== undefined && !stream.isOld()
			if (unanswered.length > 0) nextAnswer ??= stream.nextAnswer()
			else if (!isWanted) return
			const canSend = isWanted && unanswered.length < mostUnanswered
			const event = await Promise.race([
				...(canSend && nextBatch !== undefined ? [nextBatch.then((batch) => ({ batch }))] : []),
				...(nextAnswer === undefined ? [] : [nextAnswer.then((answer) => ({ answer }))]),
			])
			if ('answer' in event) {
				nextAnswer = undefined
				failures = 0
				onAnswer(event.answer, unanswered.shift() as ParsedBatch)
			} else if (event.batch.done) {
				nextBatch = undefined
			} else if (!stream.isOld()) {
				// The lane may have waited for this batch for long.
				nextBatch = batches.next()
				unanswered.push(event.batch.value)
				stream.send(event.batch.value.request)
			}
		}
	}

	while (await hasWork()) {
		const stream = openStream()
		const cancel = () => stream.cancel()
		halt?.addEventListener('abort', cancel)
		try {
			if (halt?.aborted) cancel()
			for (const { request } of unanswered) stream.send(request)
			await useStream(stream)
		} catch (error) {
			failures++
			if (!mayPass(error) || failures === attempts || stop?.aborted || halt?.aborted) throw error
			await sleep(firstBackoffMs * 2 ** (failures - 1))
			if (unanswered.length > 0 && !isStreamRefused(error as ServiceError))
				onRepeat(unanswered.reduce((rows, batch) => rows + batch.rows, 0))
		} finally {
			halt?.removeEventListener('abort', cancel)
			stream.close()
		}
	}
}

const passingStatuses = new Set([status.UNAVAILABLE, status.CANCELLED, status.DEADLINE_EXCEEDED, status.UNKNOWN])
const passingReasons = new Set(['OVERLOADED', 'SHUTTING_DOWN', 'DATABASE_UNAVAILABLE'])

/** Whether the failed call may succeed when it is repeated. */
function mayPass(error: unknown): boolean {
	const call = error as Partial<ServiceError>
	if (call.code === undefined) return false
	const { reason } = errorDetails(call as ServiceError)
	if (reason !== undefined) return passingReasons.has(reason)
	return passingStatuses.has(call.code) || isConnectionBroken(call as ServiceError)
}
