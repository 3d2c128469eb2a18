import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { CatalogClients } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { WatchProductsResponse__Output } from '@mercat/catalog-api/messages/WatchProductsResponse'

export type WatchCallOptions = {
	/** Where the call goes on. Undefined: it begins now. */
	token: string | undefined
	onMessage(message: WatchProductsResponse__Output): void
	/** Is called once, and not after a cancel. A call that the catalog ends as it should has no error. */
	onEnd(error: ServiceError | undefined): void
}

/** A call of WatchProducts for every product. */
export type WatchCall = {
	/** Leaves further messages with the catalog. */
	pause(): void
	resume(): void
	cancel(): void
}

const { path, requestSerialize, responseDeserialize } = catalogRpcs.WatchProducts
const unchanged = (bytes: Buffer) => bytes

/** Begins a call. Anyone may watch products, so it has no token of a caller. */
export function callWatchProducts(
	{ catalog }: Pick<CatalogClients, 'catalog'>,
	{ token, onMessage, onEnd }: WatchCallOptions,
): WatchCall {
	const request = requestSerialize({ ...(token !== undefined && { resumeToken: token }) })
	// As for other calls, grpc-js gives bytes and not messages.
	const call = catalog.makeServerStreamRequest(path, unchanged, unchanged, request, new Metadata())
	let isOver = false

	function end(error: ServiceError | undefined): void {
		if (isOver) return
		isOver = true
		onEnd(error)
	}

	function cancel(): void {
		isOver = true
		call.cancel()
	}

	call.on('data', (bytes: Buffer) => {
		if (isOver) return
		let message: WatchProductsResponse__Output
		try {
			message = responseDeserialize(bytes)
		} catch (cause) {
			const error = new Error('a message cannot be read', { cause })
			cancel()
			onEnd(Object.assign(error, { code: status.INTERNAL, details: error.message, metadata: new Metadata() }))
			return
		}
		onMessage(message)
	})
	call.on('error', (error: ServiceError) => end(error))
	call.on('end', () => end(undefined))
	return {
		pause: () => void call.pause(),
		resume: () => void call.resume(),
		cancel,
	}
}
