import { startOtlpCollector } from '@mercat/testing/otlp-collector'
import { SpanKind, SpanStatusCode, type Tracer } from '@opentelemetry/api'
import getPort from 'get-port'
import { afterEach, expect, test } from 'vitest'
import { tracingConfig, tracingVariables } from '../../src/configuration/tracing-config.ts'
import { readVariables } from '../../src/configuration/variables.ts'
import { createLog } from '../../src/logging/log.ts'
import { openTracing } from '../../src/telemetry/open-tracing.ts'
import { newTraceContext, readTraceparent, spanContextOf, traceIdOf } from '../../src/telemetry/trace-context.ts'
import { isTracing, setTracer, startSpan, traceIdOfStart } from '../../src/telemetry/tracing.ts'

let lines: { level: string; msg: string }[] = []
const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
afterEach(() => {
	lines = []
})

function open(env: Record<string, string>): AsyncDisposable {
	const config = tracingConfig(readVariables(tracingVariables, env))
	if (config === undefined) throw new Error('no collector is named')
	return openTracing('mercat-test', config, { log }, { shutdownTimeoutMs: 10_000 })
}

test('a span arrives with its kind, its parent, its links, its attributes and its status', async () => {
	await using collector = await startOtlpCollector()
	await using _tracing = open(collector.env)
	const other = newTraceContext()
	const above = startSpan('above', { kind: SpanKind.SERVER, attributes: { 'http.request.method': 'GET' } })
	const below = startSpan('below', { parent: above.context, links: [{ context: spanContextOf(other)! }] })
	below.span.setStatus({ code: SpanStatusCode.ERROR, message: 'it broke' })
	below.span.setAttributes({ text: 'ä', whole: -7, fraction: 0.5, truth: true, list: ['a', 'b'] })
	below.span.end()
	above.span.end()
	const [first, second] = await collector.until(({ spansOf }) => {
		const spans = spansOf(traceIdOf(above.context)!)
		return spans.length === 2 && spans
	})
	expect(first).toMatchObject({
		name: 'above',
		kind: 'SERVER',
		attributes: { 'http.request.method': 'GET' },
		links: [],
		status: 'UNSET',
		resource: { 'service.name': 'mercat-test', 'service.version': expect.any(String) },
	})
	expect(first?.parentSpanId).toBeUndefined()
	expect(second).toMatchObject({
		name: 'below',
		kind: 'INTERNAL',
		parentSpanId: first?.spanId,
		attributes: { text: 'ä', whole: -7, fraction: 0.5, truth: true, list: ['a', 'b'] },
		links: [{ traceId: traceIdOf(other), spanId: spanContextOf(other)?.spanId, attributes: {} }],
		status: 'ERROR',
		statusMessage: 'it broke',
	})
})

test('a span that begins a trace has the id that it is given, and the next one has an id of its own', async () => {
	await using collector = await startOtlpCollector()
	await using _tracing = open(collector.env)
	const traceId = '0af7651916cd43dd8448eb211c80319c'
	const given = startSpan('given', { traceId })
	const next = startSpan('next')
	expect(traceIdOf(given.context)).toBe(traceId)
	expect(traceIdOf(next.context)).toMatch(/^(?!0af7651916)[0-9a-f]{32}$/)
})

test('a span has 256 links', async () => {
	await using collector = await startOtlpCollector()
	await using _tracing = open(collector.env)
	const links = Array.from({ length: 257 }, () => ({ context: spanContextOf(newTraceContext())! }))
	startSpan('batch', { links }).span.end()
	const [batch] = await collector.until(({ spans }) => spans.length > 0 && spans)
	expect(batch?.links).toHaveLength(256)
	expect(batch?.droppedLinks).toBe(1)
})

test('OTEL_SERVICE_NAME counts more than OTEL_RESOURCE_ATTRIBUTES, which count more than the name of the service', async () => {
	await using collector = await startOtlpCollector()
	const attributes = 'service.name=shop,deployment.environment.name=a%2Cb'
	{
		await using _tracing = open({ ...collector.env, OTEL_RESOURCE_ATTRIBUTES: attributes })
		startSpan('first').span.end()
	}
	{
		await using _tracing = open({ ...collector.env, OTEL_RESOURCE_ATTRIBUTES: attributes, OTEL_SERVICE_NAME: 'market' })
		startSpan('second').span.end()
	}
	const [first, second] = collector.spans
	expect(first?.resource).toMatchObject({ 'service.name': 'shop', 'deployment.environment.name': 'a,b' })
	expect(second?.resource).toMatchObject({ 'service.name': 'market', 'deployment.environment.name': 'a,b' })
	expect(first?.resource['service.instance.id']).not.toBe(second?.resource['service.instance.id'])
})

test('each request to the collector has the headers of the configuration', async () => {
	await using collector = await startOtlpCollector()
	await using _tracing = open({ ...collector.env, OTEL_EXPORTER_OTLP_HEADERS: 'x-key=a%20b,x-tenant=shop' })
	startSpan('span').span.end()
	await collector.until(({ requests }) => requests.length > 0)
	expect(collector.requests[0]).toMatchObject({ 'x-key': 'a b', 'x-tenant': 'shop' })
})

test('no span is sent of a trace that is not sampled', async () => {
	await using collector = await startOtlpCollector()
	{
		await using _tracing = open({ ...collector.env, OTEL_TRACES_SAMPLER: 'parentbased_always_off' })
		const unsampled = startSpan('unsampled')
		expect(unsampled.span.isRecording()).toBe(false)
		expect(traceIdOf(unsampled.context)).toMatch(/^[0-9a-f]{32}$/)
		startSpan('below', { parent: unsampled.context }).span.end()
		startSpan('forced', { sampling: 'always' }).span.end()
	}
	expect(collector.spans.map(({ name }) => name)).toEqual(['forced'])
})

test('a collector that refuses every batch has one line in the log, and one when it takes spans again', async () => {
	const port = await getPort()
	{
		await using refusing = await startOtlpCollector({ port, answer: 400 })
		await using _tracing = open({ ...refusing.env, OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1' })
		for (let count = 1; count <= 3; count++) {
			startSpan('lost').span.end()
			await refusing.until(({ requests }) => requests.length === count)
		}
		await refusing[Symbol.asyncDispose]()
		await using accepting = await startOtlpCollector({ port })
		startSpan('arrives').span.end()
		await accepting.until(({ spans }) => spans.some(({ name }) => name === 'arrives'))
	}
	expect(lines).toMatchObject([
		{ level: 'error', msg: 'the collector takes no spans', reason: 'Bad Request' },
		{ level: 'warn', msg: 'the collector takes spans again', lostSpans: 3 },
	])
})

test('no span is made before tracing is opened and after it is closed, and the context of the parent stays', async () => {
	const parent = readTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
	const without = () => {
		expect(isTracing()).toBe(false)
		const { span, context } = startSpan('none', { parent })
		expect(span.isRecording()).toBe(false)
		expect(context).toBe(parent)
	}
	without()
	await using collector = await startOtlpCollector()
	{
		await using _tracing = open(collector.env)
		expect(isTracing()).toBe(true)
	}
	without()
	expect(collector.spans).toEqual([])
})

test('an attribute has 256 characters at most', async () => {
	await using collector = await startOtlpCollector()
	{
		await using _tracing = open(collector.env)
		startSpan('long', { attributes: { 'server.address': 'x'.repeat(257) } }).span.end()
	}
	expect(collector.spans[0]?.attributes['server.address']).toBe('x'.repeat(256))
})

test('a start that the SDK refuses does not give its trace id to the next span', () => {
	const refusing = {
		startSpan: () => {
			throw new Error('refused')
		},
	}
	setTracer(refusing as unknown as Tracer)
	expect(() => startSpan('refused', { traceId: '0af7651916cd43dd8448eb211c80319c' })).toThrow('refused')
	expect(traceIdOfStart()).toBeUndefined()
	setTracer(undefined)
})
