import { keepWatching } from '../watchers/keep-watching.ts'
import { readResponse } from '../watchers/response-reader.ts'
import { liveProducts } from './live-products.ts'

/** A watcher of the catalog. */
export type TickWatch = AsyncDisposable & {
	/** How often its stream has ended, by the status of gRPC. */
	ends(): Record<string, number>
}

/** Watches the prices of all products, once it is ready to hear the next one. */
export async function watchTicks(
	address: string,
	heard: (sku: string, amountMinor: number, heardAt: number) => void,
): Promise<TickWatch> {
	const isReady = Promise.withResolvers<void>()
	const ends: Record<string, number> = {}
	let resumeToken = ''
	const listener = {
		price(product: number, amountMinor: number) {
			const sku = liveProducts[product]?.sku
			if (sku !== undefined) heard(sku, amountMinor, performance.now())
		},
		quantity() {},
		token(bytes: Buffer) {
			resumeToken = bytes.toString('latin1')
		},
	}
	const stream = keepWatching({
		address,
		request: () => ({ filter: { productsOnly: true }, resumeToken }),
		read(message) {
			readResponse(message, listener)
			isReady.resolve()
		},
		ended(status) {
			ends[`ENDED_${status}`] = (ends[`ENDED_${status}`] ?? 0) + 1
		},
	})
	await isReady.promise
	return {
		ends: () => ends,
		async [Symbol.asyncDispose]() {
			stream[Symbol.dispose]()
		},
	}
}
