import { setTimeout as sleep } from 'node:timers/promises'
import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails, isConnectionBroken } from '@mercat/catalog-api/errors'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { ImportAnswer, ImportStream } from './import-stream.ts'

// This also bounds memory: a batch is read only when it can be sent.
const mostUnanswered = 4
const attempts = 5
const firstBackoffMs = 200

/**
 * Sends every batch and waits for its answer. When the connection breaks, the unanswered batches are sent again over a
 * new one. Repeating is safe, because the catalog's upserts are idempotent.
 *
 * @param onRepeat is told how many rows are sent again
 * @param stop when it is aborted, an attempt that fails is the last one
 * @throws ServiceError when the catalog refuses the call, or after five attempts without an answer
 */
export async function sendBatches(
	openStream: () => ImportStream,
	batches: AsyncIterator<ProductUpsert[]>,
	onAnswer: (answer: ImportAnswer) => void,
	onRepeat: (rows: number) => void,
	stop?: AbortSignal,
): Promise<void> {
	const unanswered: ProductUpsert[][] = []
	let failures = 0
	let exhausted = false

	async function fill(stream: ImportStream): Promise<void> {
		while (!exhausted && unanswered.length < mostUnanswered) {
			const batch = await batches.next()
			exhausted = batch.done === true
			if (batch.done) return
			unanswered.push(batch.value)
			stream.send(batch.value)
		}
	}

	while (!exhausted || unanswered.length > 0) {
		const stream = openStream()
		try {
			for (const batch of unanswered) stream.send(batch)
			for (await fill(stream); unanswered.length > 0; await fill(stream)) {
				onAnswer(await stream.nextAnswer())
				unanswered.shift()
				failures = 0
			}
		} catch (error) {
			failures++
			if (!mayPass(error) || failures === attempts || stop?.aborted) throw error
			await sleep(firstBackoffMs * 2 ** (failures - 1))
			if (unanswered.length > 0) onRepeat(unanswered.flat().length)
		} finally {
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
