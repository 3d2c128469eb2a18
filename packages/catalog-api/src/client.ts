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
import { channelOptions } from './channel-options.ts'
import type { CatalogServiceClient } from './generated/mercat/catalog/v1/CatalogService.ts'
import type { InventoryServiceClient } from './generated/mercat/catalog/v1/InventoryService.ts'
import { catalogPackage, healthRpcs } from './proto/load-proto.ts'

export type CatalogClients = {
	/** Read this property again for each call, because {@link reconnect} replaces the client. */
	readonly catalog: CatalogServiceClient
	readonly inventory: InventoryServiceClient
	/** Whether a server answers within `timeoutMs` that it is serving (grpc.health.v1). */
	isServing(timeoutMs: number): Promise<boolean>
	/** The state of the channel: `ready` when it is connected to a server, or to several. */
	channelState(): ChannelState
	/**
	 * Replaces the open connections, if there are any, with new ones; calls on the old connections may fail. For a
	 * caller whose calls all time out: the network may have dropped the connection, which keepalive notices much later.
	 */
	reconnect(): void
	close(): void
}

export type ChannelState = Lowercase<keyof typeof connectivityState>

const watchMs = 1_000
const stuckAfterMs = 5_000

/**
 * Clients of both catalog services over one channel. A channel that stays in CONNECTING for 5 s is replaced, because a
 * peer that accepts connections and never answers would keep it in that state for ever (grpc-node#2785).
 *
 * @param address a gRPC target, such as `dns:///catalog:50051`
 * @param options channel options that override the defaults
 */
export function createCatalogClients(
	address: string,
	channelCredentials: ChannelCredentials = credentials.createInsecure(),
	options: ClientOptions = {},
): CatalogClients {
	const open = () => openClients(address, channelCredentials, { ...channelOptions, ...options })
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
		channelState: () => connectivityState[connectivity()].toLowerCase() as ChannelState,
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
	/** How long the call may take. Every call has a deadline. */
	timeoutMs: number
	/** The caller's token, without the word `Bearer`. */
	token?: string
	/** The trace that the call belongs to (W3C Trace Context). */
	traceparent?: string
	/** Cancels the call. */
	signal?: AbortSignal
}

/**
 * Makes one unary call.
 *
 * grpc-js gets and returns bytes instead of messages: what its calls refer to stays in memory until V8 collects the
 * whole heap, and messages would be most of it.
 *
 * @param rpc an RPC of any service; every client of the channel can call it
 * @throws the `ServiceError` of the call; a TypeError for a request that does not fit the RPC
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
	{ timeoutMs, token, traceparent, signal }: UnaryOptions,
): Promise<Buffer> {
	const metadata = new Metadata()
	if (token !== undefined) metadata.set('authorization', `Bearer ${token}`)
	if (traceparent !== undefined) metadata.set('traceparent', traceparent)
	return new Promise((resolve, reject) => {
		if (signal?.aborted) {
			reject(serviceError(status.CANCELLED, 'cancelled before the call was made'))
			return
		}
		const call = client.makeUnaryRequest(
			path,
			unchanged,
			unchanged,
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

const unchanged = (bytes: Buffer) => bytes

function serviceError(code: status, details: string, cause?: unknown): ServiceError {
	return Object.assign(new Error(details, { cause }), { code, details, metadata: new Metadata() })
}
