import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { type CollectedSpan, readOtlpTrace } from './otlp-trace.ts'

export type { Attributes, AttributeValue, CollectedSpan } from './otlp-trace.ts'

export type OtlpCollector = AsyncDisposable & {
	/** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
	url: string
	/** The variables with which a service sends its spans here at once. */
	env: Record<string, string>
	/** The same as `env`, for `openTracing` in the process of the test. */
	config: ReturnType<typeof configFor>
	/** All spans so far, in the order of their arrival: a child before its parent. */
	spans: CollectedSpan[]
	/** The headers of each request so far. */
	requests: IncomingMessage['headers'][]
	/** The spans of a trace so far, in the order of their start, and a parent before its children. */
	spansOf(traceId: string): CollectedSpan[]
	/**
	 * Resolves to what `find` returns, as soon as that is neither undefined nor false. `find` is called again for each
	 * request that arrives.
	 */
	until<T>(find: (collector: OtlpCollector) => T | undefined | false): Promise<T>
}

export type OtlpCollectorOptions = {
	/** A free port, unless given. */
	port?: number
	/** The status of the answers, 200 unless given. `never` gives no answer. */
	answer?: number | 'never'
}

const longestWaitMs = 60_000
const delayMs = 20

/** A collector that takes spans over OTLP, HTTP with protobuf, and keeps them in memory. */
export async function startOtlpCollector({
	port = 0,
	answer = 200,
}: OtlpCollectorOptions = {}): Promise<OtlpCollector> {
	let waiting: (() => void)[] = []
	const server = createServer(async (request, response) => {
		if (request.method !== 'POST' || request.url !== '/v1/traces') return response.writeHead(404).end()
		const chunks: Buffer[] = []
		for await (const chunk of request) chunks.push(chunk)
		const body = Buffer.concat(chunks)
		collector.requests.push(request.headers)
		if (answer === 200) {
			collector.spans.push(...readOtlpTrace(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body))
		}
		if (answer !== 'never') response.writeHead(answer, { 'content-type': 'application/x-protobuf' }).end()
		const awake = waiting
		waiting = []
		for (const wake of awake) wake()
	}).listen(port, '127.0.0.1')
	await once(server, 'listening')
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

	const collector: OtlpCollector = {
		url,
		env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_BSP_SCHEDULE_DELAY: `${delayMs}` },
		config: configFor(url, delayMs),
		spans: [],
		requests: [],
		spansOf: (traceId) => inOrder(collector.spans.filter((span) => span.traceId === traceId)),
		async until(find) {
			const limit = new AbortController()
			const tooLong = sleep(longestWaitMs, true, { signal: limit.signal }).catch(() => true)
			try {
				for (;;) {
					const arrived = new Promise<void>((wake) => waiting.push(wake))
					const found = find(collector)
					if (found !== undefined && found !== false) return found
					if (await Promise.race([arrived, tooLong])) throw new Error(`waited in vain; ${describe(collector.spans)}`)
				}
			} finally {
				limit.abort()
			}
		},
		async [Symbol.asyncDispose]() {
			const closed = once(server, 'close')
			server.close()
			server.closeAllConnections()
			await closed
		},
	}
	return collector
}

// Many spans start within one millisecond, which is as exact as their start is.
function inOrder(trace: CollectedSpan[]): CollectedSpan[] {
	const byId = new Map(trace.map((span) => [span.spanId, span]))
	const depthOf = (span: CollectedSpan): number => {
		const parent = span.parentSpanId && byId.get(span.parentSpanId)
		return parent ? depthOf(parent) + 1 : 0
	}
	return trace.toSorted((one, other) => one.startMs - other.startMs || depthOf(one) - depthOf(other))
}

function describe(spans: CollectedSpan[]): string {
	return `the spans are ${spans.map(({ name, traceId, parentSpanId }) => `${name} (${traceId}, under ${parentSpanId})`).join(', ') || 'none'}`
}

function configFor(url: string, scheduledDelayMs: number) {
	return {
		url: `${url}/v1/traces`,
		sampler: 'parentbased_always_on' as const,
		samplerRatio: 1,
		scheduledDelayMs,
		exportTimeoutMs: 30_000,
		maxQueueSize: 2_048,
		maxExportBatchSize: 512,
	}
}
