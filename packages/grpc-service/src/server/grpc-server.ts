import { Server } from '@grpc/grpc-js'
import { connectionAgeMs, connectionGraceMs } from '@mercat/catalog-api/connection-age'
import { serverCredentials } from '@mercat/catalog-api/tls'
import type { GrpcTlsConfig } from '@mercat/service/grpc-tls'
import { keepHttp2Streams } from '../http2/http2-streams.ts'
import { shortenLongTimeouts } from '../http2/long-timeouts.ts'
import { keepEachAuthorization } from '../http2/one-authorization.ts'
import type { OpenStreams } from '../streams/open-streams.ts'
import { quietLibraryLog } from './library-log.ts'

export function createGrpcServer(): Server {
	shortenLongTimeouts()
	keepEachAuthorization()
	quietLibraryLog()
	keepHttp2Streams()
	return new Server({
		'grpc.keepalive_time_ms': 30_000,
		'grpc.keepalive_timeout_ms': 5_000,
		'grpc.max_connection_age_ms': connectionAgeMs,
		'grpc.max_connection_age_grace_ms': connectionGraceMs,
		// More than one caller has in flight, so that its calls never wait for each other. The limit of calls in flight
		// refuses the rest.
		'grpc.max_concurrent_streams': 1_024,
		'grpc.enable_channelz': 0,
	})
}

/** Listens at `address`, plaintext without `tls`, and returns the port. */
export function listen(server: Server, address: string, tls: GrpcTlsConfig | undefined): Promise<number> {
	return new Promise((bound, failed) => {
		server.bindAsync(address, serverCredentials(tls), (error, port) => (error ? failed(error) : bound(port)))
	})
}

export type ShutDownOptions = {
	/** Where the server listens, with the real port. */
	address: string
	streams: OpenStreams
	/** How long calls may take to finish. After it their connections are cut. */
	finishCallsMs: number
}

/** Ends the streams and lets calls in flight finish, within a limit: a call that never ends would make it hang. */
export async function shutDown(server: Server, { address, streams, finishCallsMs }: ShutDownOptions): Promise<void> {
	streams.drain()
	// Not `forceShutdown`: without channelz it knows no connections, and cuts none.
	server.drain(address, finishCallsMs)
	await new Promise((done) => server.tryShutdown(done))
}
