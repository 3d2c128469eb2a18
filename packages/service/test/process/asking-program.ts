// A service of two workers that ask each other. `/ask` answers the facts of all workers, which are their process ids, and
// `/name` the name of the instance.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '../../src/logging/log.ts'
import { runService } from '../../src/process/run.ts'
import { instanceName, joinSiblings } from '../../src/process/siblings.ts'
import { isPrimary, runWorkers } from '../../src/process/workers.ts'

const host = '127.0.0.1'
const workers = Number(process.env['WORKERS'])
const limits = { drainDelayMs: 0, shutdownTimeoutMs: 5_000 }
const log = createLog('program', 'fatal')
if (isPrimary(workers)) await runWorkers({ workers, log, host, ...limits })
else await runService(start, { log, ...limits })

async function start() {
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
