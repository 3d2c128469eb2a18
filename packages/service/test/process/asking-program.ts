// A service whose workers ask each other. `/ask` answers the facts of all workers, which are their process ids, and `/name`
// the name of the instance. With METRICS_PORT it answers operators, too.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '../../src/logging/log.ts'
import { createReadiness } from '../../src/process/readiness.ts'
import { runService } from '../../src/process/run.ts'
import { serveOperators } from '../../src/process/serve-operators.ts'
import { instanceName, joinSiblings } from '../../src/process/siblings.ts'
import { isPrimary, runWorkers } from '../../src/process/workers.ts'

const host = '127.0.0.1'
const workers = Number(process.env['WORKERS'])
const metricsPort = process.env['METRICS_PORT'] ? Number(process.env['METRICS_PORT']) : undefined
const limits = { drainDelayMs: 0, shutdownTimeoutMs: 5_000 }
const log = createLog('program', 'fatal')
if (isPrimary(workers)) await runWorkers({ workers, log, host, metricsPort, ...limits })
else await runService(start, { log, ...limits })

async function start() {
	if (metricsPort !== undefined) {
		await serveOperators({ readiness: createReadiness({}), log }, { host, metricsPort })
	}
	const siblings = joinSiblings(async () => process.pid)
	const server = createServer(async (request, response) => {
		const answer = request.url === '/name' ? instanceName() : await siblings.ask(500)
		response.setHeader('connection', 'close').end(JSON.stringify({ of: process.pid, answer }))
	}).listen(0, host)
	await once(server, 'listening')
	return {
		address: { host, port: (server.address() as AddressInfo).port },
		announceShutdown() {},
		async close() {
			server.close()
			siblings[Symbol.dispose]()
		},
	}
}
