import { randomBytes, randomUUID } from 'node:crypto'
import { type CollectedSpan, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { startCluster } from '../chaos/shop/cluster.ts'

export type Call = {
	method: string
	/** The path as the client spells it. */
	path: string
	token?: string
	headers?: Record<string, string>
	body?: unknown
	/** Whether the client says that its trace is sampled. */
	isSampled?: boolean
}

export type TracedAnswer = {
	status: number
	headers: Headers
	body: string
	/** The id of the trace, which the client has chosen. */
	traceId: string
	/** The span of the client. */
	spanId: string
}

/** Real processes of both services, which send all spans to a collector of the test. */
export async function startTracedShop({ env = {} }: { env?: Record<string, string> } = {}) {
	await using opened = new AsyncDisposableStack()
	const collector = opened.use(await startOtlpCollector())
	const telemetry = { ...collector.env, LOG_LEVEL: 'info' }
	const cluster = opened.use(
		await startCluster({ engine: 'postgres', env: { ...telemetry, ...env }, catalogEnv: telemetry }),
	)
	const resources = opened.move()

	/** Sends a request in a trace of its own. */
	async function call({ method, path, token, headers = {}, body, isSampled = false }: Call): Promise<TracedAnswer> {
		const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')]
		const response = await fetch(`${cluster.orderUrl()}${path}`, {
			method,
			headers: {
				traceparent: `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`,
				...(token !== undefined && { authorization: `Bearer ${token}` }),
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		})
		return { status: response.status, headers: response.headers, body: await response.text(), traceId, spanId }
	}

	return {
		cluster,
		collector,
		call,
		/** Places an order of one piece. */
		place: (sku: string, options: Partial<Call> = {}) =>
			call({
				method: 'POST',
				path: '/v1/orders',
				token: cluster.customerToken(`customer-${randomUUID()}`),
				body: { items: [{ sku, quantity: 1 }] },
				...options,
				headers: { 'idempotency-key': randomUUID(), ...options.headers },
			}),
		/** Resolves to the spans of the trace as soon as it is complete. */
		async spansOf({ traceId }: Pick<TracedAnswer, 'traceId'>, isComplete = hasServerSpan): Promise<CollectedSpan[]> {
			return collector.until(({ spansOf }) => isComplete(spansOf(traceId)) && spansOf(traceId))
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export type TracedShop = Awaited<ReturnType<typeof startTracedShop>>

/** Whether the span of the request is there, which ends last in the order service. */
export function hasServerSpan(spans: CollectedSpan[]): boolean {
	return spans.some(({ kind, attributes }) => kind === 'SERVER' && 'http.request.method' in attributes)
}

/** Whether spans of all these names are there. The two services send their spans on their own. */
export function includes(...names: string[]): (spans: CollectedSpan[]) => boolean {
	return (spans) => names.every((name) => spans.some((span) => span.name === name))
}

/** The span of a name, of which there is one. */
export function named(spans: CollectedSpan[], name: string): CollectedSpan {
	return spans.find((span) => span.name === name) as CollectedSpan
}
