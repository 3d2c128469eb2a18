import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { CatalogServiceClient } from '@mercat/catalog-api/messages/CatalogService'
import type { ImportProductsResponse__Output } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'

export type ImportAnswer = ImportProductsResponse__Output

/** One `ImportProducts` call. The catalog answers requests in the order in which they were sent. */
export type ImportStream = {
	send(upserts: ProductUpsert[]): void
	/** @throws ServiceError when the call has ended, or when no answer came for 30 s */
	nextAnswer(): Promise<ImportAnswer>
	/** Ends the stream of requests. */
	close(): void
}

const answerTimeoutMs = 30_000

export function openImportStream(catalog: CatalogServiceClient, token: string): ImportStream {
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${token}`)
	const call = catalog.importProducts(metadata)
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
		send: (upserts) => void call.write({ upserts }),
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
		close: () => call.end(),
	}
}

function endedEarly(): ServiceError {
	const details = 'the catalog ended the call before it answered every request'
	return Object.assign(new Error(details), { code: status.UNAVAILABLE, details, metadata: new Metadata() })
}
