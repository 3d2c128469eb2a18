import { type ClientDuplexStream, Metadata, type ServiceError, status } from '@grpc/grpc-js'
import { connectionGraceMs } from '@mercat/catalog-api/connection-age'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceClient } from '@mercat/catalog-api/messages/CatalogService'
import type { ImportProductsResponse__Output } from '@mercat/catalog-api/messages/ImportProductsResponse'

export type ImportAnswer = ImportProductsResponse__Output

/** One `ImportProducts` call. The catalog answers requests in the order in which they were sent. */
export type ImportStream = {
	/** Sends an encoded request. */
	send(request: Uint8Array<ArrayBuffer>): void
	/** @throws ServiceError when the call has ended, or when no answer came for 30 s */
	nextAnswer(): Promise<ImportAnswer>
	/** Whether the next request belongs on a new stream. */
	isOld(): boolean
	/** Ends the stream of requests. */
	close(): void
	/** Ends the call at once. */
	cancel(): void
}

const answerTimeoutMs = 30_000
// A stream must end within the grace of its connection, which the catalog may ask to replace at any moment. The other half
// of the grace is for the answers that are still missing.
const longestStreamMs = connectionGraceMs / 2
const { path, responseDeserialize } = catalogRpcs.ImportProducts

export function openImportStream(
	catalog: CatalogServiceClient,
	token: string,
	{ longestMs = longestStreamMs }: { longestMs?: number } = {},
): ImportStream {
	const openedAt = performance.now()
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${token}`)
	const call: ClientDuplexStream<Uint8Array<ArrayBuffer>, ImportAnswer> = catalog.makeBidiStreamRequest(
		path,
		toBuffer,
		responseDeserialize,
		metadata,
	)
	const answers: ImportAnswer[] = []
	let ended: Error | undefined
	let wake = () => {}
	const end = (error: Error) => {
		ended ??= error
		wake()
	}
	call.on('data', (answer: ImportAnswer) => {
		answers.push(answer)
		wake()
	})
	call.on('error', end)
	call.on('status', () => end(endedEarly()))

	return {
		send: (request) => void call.write(request),
		async nextAnswer() {
			const timeout = setTimeout(() => call.cancel(), answerTimeoutMs)
			try {
				for (;;) {
					const answer = answers.shift()
					if (answer !== undefined) return answer
					if (ended !== undefined) throw ended
					await new Promise<void>((resolve) => {
						wake = resolve
					})
				}
			} finally {
				clearTimeout(timeout)
			}
		},
		isOld: () => performance.now() - openedAt >= longestMs,
		close: () => call.end(),
		cancel: () => call.cancel(),
	}
}

function toBuffer({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): Buffer {
	return Buffer.from(buffer, byteOffset, length)
}

function endedEarly(): ServiceError {
	const details = 'the catalog ended the call before it answered every request'
	return Object.assign(new Error(details), { code: status.UNAVAILABLE, details, metadata: new Metadata() })
}
