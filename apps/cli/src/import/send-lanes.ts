import type { ParsedFile } from '../parsing/parsed-file.ts'
import type { ImportStream } from './import-stream.ts'
import { type SendListener, sendBatches } from './send-batches.ts'

/**
 * Sends the lanes of a file, each over a stream of its own, so that the rows of one sku stay in order. A lane that fails
 * ends the others.
 *
 * @throws ServiceError of the first lane that failed, see {@link sendBatches}
 */
export async function sendLanes(
	openStream: () => ImportStream,
	{ lanes, release }: Pick<ParsedFile, 'lanes' | 'release'>,
	listener: SendListener,
): Promise<void> {
	const failed = new AbortController()
	const halt = listener.halt === undefined ? failed.signal : AbortSignal.any([failed.signal, listener.halt])
	const errors: unknown[] = []
	const onAnswer: SendListener['onAnswer'] = (answer, batch) => {
		listener.onAnswer(answer, batch)
		release(batch)
	}
	const sent = lanes.map(async (batches) => {
		try {
			await sendBatches(openStream, batches, { ...listener, onAnswer, halt })
		} catch (error) {
			errors.push(error)
			failed.abort()
		}
	})
	await Promise.all(sent)
	if (errors.length > 0) throw errors[0]
}
