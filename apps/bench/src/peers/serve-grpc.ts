import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { createLog } from '@mercat/service/log'
import { runService } from '@mercat/service/run'

const limits = { drainDelayMs: 0, shutdownTimeoutMs: 5_000 }

/** Serves one gRPC service on a free port until a signal stops the process. */
export async function serveGrpc(definition: ServiceDefinition, handlers: UntypedServiceImplementation): Promise<never> {
	const start = async () => {
		const server = new Server({ 'grpc.enable_channelz': 0 })
		server.addService(definition, handlers)
		const port = await new Promise<number>((bound, failed) => {
			server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) =>
				error ? failed(error) : bound(port),
			)
		})
		return {
			address: { host: '127.0.0.1', port },
			announceShutdown() {},
			close: async () => server.forceShutdown(),
		}
	}
	return runService(start, { log: createLog('peer', 'warn'), ...limits })
}
