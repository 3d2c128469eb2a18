import {
	type ChannelCredentials,
	type Client,
	type ClientOptions,
	connectivityState,
	credentials,
	Metadata,
	type ServiceError,
	status,
} from '@grpc/grpc-js'
import type { CatalogServiceClient } from './generated/mercat/catalog/v1/CatalogService.ts'
import type { InventoryServiceClient } from './generated/mercat/catalog/v1/InventoryService.ts'
import { catalogPackage, healthRpcs } from './load-proto.ts'

export type CatalogClients = {
	/** Asked for anew at each call: the channel may have been replaced. */
	readonly catalog: CatalogServiceClient
	readonly inventory: InventoryServiceClient
	/** Whether a server says within `timeoutMs` that it is serving (grpc.health.v1). */
	isServing(timeoutMs: number): Promise<boolean>
	/**
	 * Leaves the connections that there are for new ones, where there are any; calls under way on them may end.
	 * For a caller whose calls all go unanswered: the network may have forgotten the connection, which
	 * keepalive would notice much later.
	 */
	reconnect(): void
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
	// The answer to 2,000 lines with the longest titles has 2 MB.
	'grpc.max_receive_message_length': 4 * 1024 * 1024,
	'grpc.enable_channelz': 0,
	'grpc.enable_http_proxy': 0,
	'grpc.service_config_disable_resolution': 1,
	// Retries are the caller's, who knows the budget of its request.
	'grpc.enable_retries': 0,
	'grpc.service_config': JSON.stringify({
		loadBalancingConfig: [
			{
				outlier_detection: {
					interval: '2s',
					base_ejection_time: '5s',
					max_ejection_percent: 60,
					failure_percentage_ejection: { threshold: 50, minimum_hosts: 2, request_volume: 2 },
					child_policy: [{ round_robin: {} }],
				},
			},
		],
	}),
}

const watchMs = 1_000
const stuckAfterMs = 5_000

/**
 * Clients of both catalog services over one channel. A channel that stays in CONNECTING is replaced: a
 * peer that accepts connections and never speaks would keep it there for good (grpc-node#2785).
 *
 * @param address a gRPC target, such as `dns:///catalog:50051`
 * @param options channel options that replace the defaults
 */
export function createCatalogClients(
	address: string,
	channelCredentials: ChannelCredentials = credentials.createInsecure(),
	options: ClientOptions = {},
): CatalogClients {
	const open = () => openClients(address, channelCredentials, { ...clientOptions, ...options })
	let current = open()
	let connectingSince: number | undefined
	const connectivity = () => current.catalog.getChannel().getConnectivityState(false)
	const replace = () => {
		current.catalog.close()
		current = open()
		connectingSince = undefined
	}
	const watchdog = setInterval(() => {
		const connecting = connectivity() === connectivityState.CONNECTING
		connectingSince = connecting ? (connectingSince ?? performance.now()) : undefined
		if (connectingSince !== undefined && performance.now() - connectingSince >= stuckAfterMs) replace()
	}, watchMs)
	watchdog.unref()

	return {
		get catalog() {
			return current.catalog
		},
		get inventory() {
			return current.inventory
		},
		async isServing(timeoutMs) {
			const { status: serving } = await callUnary(
				current.catalog,
				healthRpcs.Check,
				{ service: '' },
				{ timeoutMs },
			).catch(() => ({ status: '' }))
			return serving === 'SERVING'
		},
		reconnect() {
			if (connectivity() === connectivityState.READY) replace()
		},
		close() {
			clearInterval(watchdog)
			current.catalog.close()
		},
	}
}

function openClients(address: string, channelCredentials: ChannelCredentials, options: ClientOptions) {
	const catalog = new catalogPackage.CatalogService(address, channelCredentials, options)
	const inventory = new catalogPackage.InventoryService(address, channelCredentials, {
		channelOverride: catalog.getChannel(),
	})
	return { catalog, inventory }
}

/** A unary method of a service's definition. */
export type Rpc<Request, Response> = {
	path: string
	requestSerialize(request: Request): Buffer
	responseDeserialize(bytes: Buffer): Response
}

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
 * grpc-js is given and gives bytes: all that its calls refer to outlives them until the whole heap is collected, and of
 * that messages would be the most.
 *
 * @param rpc what to call, from a service's definition; any client of the channel can call it
 * @throws the `ServiceError` of the call; a TypeError for a request that is none of the RPC's
 */
export async function callUnary<Request, Response>(
	client: Client,
	rpc: Rpc<Request, Response>,
	request: Request,
	options: UnaryOptions,
): Promise<Response> {
	const answer = await sendUnary(client, rpc.path, rpc.requestSerialize(request), options)
	try {
		return rpc.responseDeserialize(answer)
	} catch (error) {
		throw serviceError(status.INTERNAL, 'the response cannot be read', error)
	}
}

function sendUnary(
	client: Client,
	path: string,
	message: Buffer,
	{ timeoutMs, token, signal }: UnaryOptions,
): Promise<Buffer> {
	const metadata = new Metadata()
	if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(serviceError(status.CANCELLED, 'cancelled before the call was made'))
			return
		}
		const call = client.makeUnaryRequest(
			path,
			asItIs,
			asItIs,
			message,
			metadata,
			{ deadline: Date.now() + timeoutMs },
			(error: ServiceError | null, answer?: Buffer) => {
				signal?.removeEventListener('abort', cancel)
				if (error) reject(error)
				else resolve(answer as Buffer)
			},
		)
		const cancel = () => call.cancel()
		signal?.addEventListener('abort', cancel, { once: true })
	})
}

const asItIs = (bytes: Buffer) => bytes

function serviceError(code: status, details: string, cause?: unknown): ServiceError {
	return Object.assign(new Error(details, { cause }), { code, details, metadata: new Metadata() })
}
