import type { AddressInfo } from 'node:net'
import { createLog } from '@mercat/service/log'
import { runService } from '@mercat/service/run'
import { createSpanSinkServer } from './span-sink-server.ts'

/** Takes spans on a free port until a signal stops the process. */
async function start() {
	const server = createSpanSinkServer()
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

await runService(start, { log: createLog('span sink', 'warn'), drainDelayMs: 0, shutdownTimeoutMs: 5_000 })
