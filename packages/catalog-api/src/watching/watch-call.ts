import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import type { CatalogClients } from '../client.ts'
import { errorDetails } from '../errors.ts'
import type { WatchProductsRequest } from '../generated/mercat/catalog/v1/WatchProductsRequest.ts'
import type { WatchProductsResponse__Output } from '../generated/mercat/catalog/v1/WatchProductsResponse.ts'
import { catalogRpcs } from '../proto/load-proto.ts'
import type { WatchCall, WatchCallEnd, WatchCallOptions } from './open-watch.ts'

const { path, requestSerialize, responseDeserialize } = catalogRpcs.WatchProducts
const unchanged = (bytes: Buffer) => bytes

/**
 * Makes calls of WatchProducts. Anyone may watch products, so they have no token of a caller.
 *
 * @param asked what each call asks for. A call that goes on gets the rest of a state that was asked for.
 */
export function createWatchCall(
	clients: Pick<CatalogClients, 'catalog'>,
	asked: Omit<WatchProductsRequest, 'resumeToken'> = {},
) {
	return ({ token, onMessage, onEnd }: WatchCallOptions): WatchCall => {
		const request = requestSerialize({ ...asked, ...(token !== undefined && { resumeToken: token }) })
		// As for other calls, grpc-js gives bytes and not messages.
		const call = clients.catalog.makeServerStreamRequest(path, unchanged, unchanged, request, new Metadata())
		let isOver = false

		function end(how: WatchCallEnd): void {
			if (isOver) return
			isOver = true
			onEnd(how)
		}

		function cancel(): void {
			isOver = true
			call.cancel()
		}

		function read(bytes: Buffer): WatchProductsResponse__Output | undefined {
			try {
				return responseDeserialize(bytes)
			} catch (cause) {
				end({ outcome: 'failed', error: new Error('a message cannot be read', { cause }), retryDelayMs: 0 })
				call.cancel()
				return undefined
			}
		}

		call.on('data', (bytes: Buffer) => {
			const message = isOver ? undefined : read(bytes)
			if (message !== undefined) onMessage(message)
		})
		call.on('error', (error: ServiceError) =>
			end(token !== undefined && isRefused(error) ? { outcome: 'expired' } : failed(error)),
		)
		call.on('end', () => end({ outcome: 'ended' }))
		return { pause: () => void call.pause(), resume: () => void call.resume(), cancel }
	}
}

// A text that was never a token is refused as an argument.
function isRefused({ code }: ServiceError): boolean {
	return code === status.OUT_OF_RANGE || code === status.INVALID_ARGUMENT
}

function failed(error: ServiceError): WatchCallEnd {
	return { outcome: 'failed', error, retryDelayMs: errorDetails(error).retryDelayMs ?? 0 }
}
