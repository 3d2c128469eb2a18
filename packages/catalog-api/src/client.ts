import {
	type CallOptions,
	type ChannelCredentials,
	type ClientOptions,
	type ClientUnaryCall,
	credentials,
	Metadata,
	type ServiceError,
	status,
} from '@grpc/grpc-js'
import type { CatalogServiceClient } from './generated/mercat/catalog/v1/CatalogService.ts'
import type { InventoryServiceClient } from './generated/mercat/catalog/v1/InventoryService.ts'
import { catalogPackage } from './load-proto.ts'

export type CatalogClients = {
	catalog: CatalogServiceClient
	inventory: InventoryServiceClient
	close(): void
}

// One connection is kept awake and noticed dead within 13 s; calls have deadlines far below that.
const clientOptions: ClientOptions = {
	'grpc.keepalive_time_ms': 10_000,
	'grpc.keepalive_timeout_ms': 3_000,
	'grpc.keepalive_permit_without_calls': 1,
	'grpc.use_local_subchannel_pool': 1,
	'grpc.initial_reconnect_backoff_ms': 100,
	'grpc.max_reconnect_backoff_ms': 2_000,
	'grpc.max_receive_message_length': 1024 * 1024,
	'grpc.enable_channelz': 0,
	'grpc.enable_http_proxy': 0,
	'grpc.service_config_disable_resolution': 1,
	'grpc.service_config': JSON.stringify({ loadBalancingConfig: [{ round_robin: {} }] }),
}

/**
 * Clients of both catalog services over one channel.
 *
 * @param address a gRPC target, such as `dns:///catalog:50051`
 * @param options channel options that replace the defaults
 */
export function createCatalogClients(
	address: string,
	channelCredentials: ChannelCredentials = credentials.createInsecure(),
	options: ClientOptions = {},
): CatalogClients {
	const catalog = new catalogPackage.CatalogService(address, channelCredentials, { ...clientOptions, ...options })
	const inventory = new catalogPackage.InventoryService(address, channelCredentials, {
		...clientOptions,
		...options,
		channelOverride: catalog.getChannel(),
	})
	return { catalog, inventory, close: () => catalog.close() }
}

type UnaryMethod<Request, Response> = (
	request: Request,
	metadata: Metadata,
	options: CallOptions,
	callback: (error: ServiceError | null, response?: Response) => void,
) => ClientUnaryCall

export type UnaryOptions = {
	/** How long the call may take; there is no call without a deadline. */
	timeoutMs: number
	/** The caller's token, without `Bearer`. */
	token?: string
	/** Cancels the call. */
	signal?: AbortSignal
}

/**
 * One unary call as a promise.
 *
 * @throws the `ServiceError` of the call
 */
export function callUnary<Request, Response>(
	client: { [method: string]: unknown } | object,
	method: UnaryMethod<Request, Response>,
	request: Request,
	{ timeoutMs, token, signal }: UnaryOptions,
): Promise<Response> {
	const metadata = new Metadata()
	if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(cancelled())
			return
		}
		const call = method.call(client, request, metadata, { deadline: Date.now() + timeoutMs }, (error, response) => {
			signal?.removeEventListener('abort', cancel)
			if (error) reject(error)
			else resolve(response as Response)
		})
		const cancel = () => call.cancel()
		signal?.addEventListener('abort', cancel, { once: true })
	})
}

function cancelled(): ServiceError {
	return Object.assign(new Error('cancelled before the call was made'), {
		code: status.CANCELLED,
		details: 'cancelled before the call was made',
		metadata: new Metadata(),
	})
}
