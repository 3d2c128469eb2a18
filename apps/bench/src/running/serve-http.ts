import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '@mercat/service/log'
import { runService } from '@mercat/service/run'

/** Serves on a free port until a signal stops the process. Connections are cut then. */
export async function serveHttp(name: string, server: Server): Promise<never> {
	const start = async () => {
		await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
		return {
			address: { host: '127.0.0.1', port: (server.address() as AddressInfo).port },
			announceShutdown() {},
			async close() {
				server.closeAllConnections()
				server.close()
			},
		}
	}
	return runService(start, { log: createLog(name, 'warn'), drainDelayMs: 0, shutdownTimeoutMs: 5_000 })
}
