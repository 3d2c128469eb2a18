import type { Server } from '@grpc/grpc-js'
import type { PackageDefinition } from '@grpc/proto-loader'
import { ReflectionService } from '@grpc/reflection'
import { isLoopback } from '@mercat/service/config'
import type { GrpcTlsConfig } from '@mercat/service/grpc-tls'
import type { Readiness } from '@mercat/service/readiness'
import { repeat } from '@mercat/service/repeat'
import { createRpcs, type Rpcs, type RpcsNeeds, type RpcsOptions } from './calls/rpc.ts'
import { createGrpcServer, listen, shutDown } from './server/grpc-server.ts'
import { addHealth } from './server/health.ts'
import { countingStreams, createOpenStreams } from './streams/open-streams.ts'

export type ServeOptions = {
	host: string
	port: number
	/** Plaintext without it. */
	tls?: GrpcTlsConfig | undefined
	/** The full names of the services, for the health check. */
	services: readonly string[]
	/** What reflection shows. */
	packages: PackageDefinition
	/** How long a shutdown may take, and how long it waits before it ends anything. */
	shutdownTimeoutMs: number
	drainDelayMs: number
}

/** It listens until it is disposed of. Then calls may finish, within their limit. */
export type ServedGrpc = AsyncDisposable & {
	port: number
	/** The answer of the health check. Services are unknown before. */
	setServing(isServing: boolean): void
	/** Makes the readiness of the service this answer: now, and every second until the result is disposed of. */
	followReadiness(readiness: Pick<Readiness, 'isReady'>): Promise<AsyncDisposable>
}

export type GrpcService = {
	/** Services are added to it. */
	server: Server
	/** Makes the handlers of their methods. */
	rpcs: Rpcs
	/** Adds health and reflection, and listens. */
	serve(options: ServeOptions): Promise<ServedGrpc>
}

const healthIntervalMs = 1_000

export function createGrpcService(needs: Omit<RpcsNeeds, 'streams'>, options: RpcsOptions): GrpcService {
	const server = createGrpcServer()
	const streams = createOpenStreams()
	return {
		server,
		rpcs: createRpcs({ ...needs, streams }, options),

		async serve({ host, port, tls, services, packages, shutdownTimeoutMs, drainDelayMs }) {
			const counting = countingStreams(server, streams)
			const health = addHealth(counting, services)
			new ReflectionService(packages).addToServer(counting)
			if (tls === undefined && !isLoopback(host)) {
				needs.log.warn({ host }, 'serving without TLS: anyone on the network can read the tokens of callers')
			}
			const bound = await listen(server, `${host}:${port}`, tls)
			// The rest of the time is for what is closed after the server.
			const finishCallsMs = (shutdownTimeoutMs - drainDelayMs) / 2
			return {
				port: bound,
				setServing: health.set,
				async followReadiness({ isReady }) {
					const run = async () => health.set(await isReady())
					await run()
					return repeat({ name: 'check health', run, intervalMs: healthIntervalMs }, needs.log)
				},
				[Symbol.asyncDispose]: () => shutDown(server, { address: `${host}:${bound}`, streams, finishCallsMs }),
			}
		},
	}
}
