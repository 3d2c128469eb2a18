import { Server } from '@grpc/grpc-js'
import { serverCredentials } from '@mercat/catalog-api/tls'
import type { GrpcTlsConfig } from '@mercat/service/grpc-tls'
import { shortenLongTimeouts } from './long-timeouts.ts'

// The part of a shutdown that calls in flight may take. After it their connections are cut.
const finishCallsMs = 5_000

export function createGrpcServer(): Server {
	shortenLongTimeouts()
	return new Server({
		'grpc.keepalive_time_ms': 30_000,
		'grpc.keepalive_timeout_ms': 5_000,
		'grpc.max_connection_age_ms': 300_000,
		'grpc.max_connection_age_grace_ms': 10_000,
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

/** Lets calls in flight finish, within a limit: a connection that never ends would make a graceful shutdown hang. */
export async function shutDown(server: Server): Promise<void> {
	const limit = setTimeout(() => server.forceShutdown(), finishCallsMs)
	await new Promise((done) => server.tryShutdown(done))
	clearTimeout(limit)
}
