// A service of two workers that counts its requests. `/count` counts, `/break` makes its worker not ready, and `/block` blocks
// its event loop for a second.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLog } from '../../src/logging/log.ts'
import { createReadiness } from '../../src/process/readiness.ts'
import { runService } from '../../src/process/run.ts'
import { serveOperators } from '../../src/process/serve-operators.ts'
import { isPrimary, runWorkers } from '../../src/process/workers.ts'
import { Counter, Gauge, Histogram } from '../../src/telemetry/metrics.ts'

const host = '127.0.0.1'
const metricsPort = Number(process.env['METRICS_PORT'])
const limits = { drainDelayMs: 0, shutdownTimeoutMs: 5_000 }
const log = createLog('program', 'info')
if (isPrimary(2)) await runWorkers({ workers: 2, log, host, metricsPort, ...limits })
else await runService(start, { log, ...limits })

async function start() {
	const requests = new Counter({ name: 'test_requests_total', help: 'Requests.', labelNames: ['path'] })
	const sizes = new Histogram({ name: 'test_sizes', help: 'Sizes.', buckets: [1, 2] })
	new Gauge({ name: 'test_fact', help: 'The same for every process.', aggregator: 'max' }).set(7)
	new Gauge({ name: 'test_open', help: 'Of each process its own.' }).set(1)
	let isBroken = false
	const readiness = createReadiness({ 'a worker is broken': () => !isBroken })
	const operators = await serveOperators({ readiness, log }, { host, metricsPort })
	const server = createServer((request, response) => {
		if (request.url === '/count') {
			requests.inc({ path: '/count' })
			sizes.observe(2)
		}
		if (request.url === '/break') isBroken = true
		if (request.url === '/block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000)
		response.setHeader('connection', 'close').end(String(process.pid))
	}).listen(0, host)
	await once(server, 'listening')
	return {
		address: { host, port: (server.address() as AddressInfo).port },
		announceShutdown() {},
		async close() {
			server.close()
			await operators[Symbol.asyncDispose]()
		},
	}
}
