import { type ServiceError, status } from '@grpc/grpc-js'
import { attemptCall } from '@mercat/catalog-api/attempt-call'
import type { CatalogClients, Rpc } from '@mercat/catalog-api/client'
import type { TraceContext } from '@mercat/service/tracing'

export type CatalogCallOptions = {
	clients: CatalogClients
	/** The token of this service for the catalog. It is read at every call. */
	token(): string
}

export type CallOptions = { signal?: AbortSignal; trace?: TraceContext }

export type CatalogCall = <Request, Response>(
	rpc: Rpc<Request, Response>,
	request: Request,
	options?: CallOptions,
) => Promise<Response>

// A call of 500 prices takes a fraction of a second.
const timeoutMs = 10_000
// Nobody answers on a connection that the network has dropped.
const timeoutsThatReconnect = 2

/** Makes calls to the catalog, each once. Whoever repeats a call knows for how long. */
export function createCatalogCall({ clients, token }: CatalogCallOptions): CatalogCall {
	let timeouts = 0
	return async (rpc, request, { signal, trace } = {}) => {
		try {
			const options = { timeoutMs, token: token(), signal, trace, attempt: 1 }
			const response = await attemptCall(clients, rpc, request, options)
			timeouts = 0
			return response
		} catch (error) {
			if ((error as Partial<ServiceError>).code !== status.DEADLINE_EXCEEDED) timeouts = 0
			else if (++timeouts >= timeoutsThatReconnect) {
				timeouts = 0
				clients.reconnect()
			}
			throw error
		}
	}
}
