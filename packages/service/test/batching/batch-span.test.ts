import { setImmediate as turn } from 'node:timers/promises'
import { type OtlpCollector, startOtlpCollector } from '@mercat/testing/otlp-collector'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tracingConfig, tracingVariables } from '../../src/configuration/tracing-config.ts'
import { readVariables } from '../../src/configuration/variables.ts'
import { createLog } from '../../src/logging/log.ts'
import { openTracing } from '../../src/telemetry/open-tracing.ts'
import { isSampled, newTraceContext, readTraceparent, spanContextOf } from '../../src/telemetry/trace-context.ts'
import { type StartedSpan, startSpan, type TraceContext } from '../../src/telemetry/tracing.ts'
import { controlledBatcher, ItemsFault } from './controlled-batcher.ts'

type ControlledBatcher = ReturnType<typeof controlledBatcher>

/** Starts a batch of one item for each trace, and ends it with the results. */
async function runBatch(
	batcher: ControlledBatcher,
	traces: (TraceContext | undefined)[],
	results?: (string | Error)[],
) {
	const answers = Promise.allSettled(traces.map((trace, index) => batcher.submit(`${index}`, 60_000, undefined, trace)))
	await turn()
	await batcher.finishLatest(results)
	await answers
}

const sampled = readTraceparent('00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01')
const unsampled = readTraceparent('00-0af7651916cd43dd8448eb211c80319d-b7ad6b7169203332-00')

describe('Without an SDK', () => {
	test('a batch of one request belongs to the trace of the request', async () => {
		const batcher = controlledBatcher()
		await runBatch(batcher, [sampled])
		expect(batcher.runs[0]?.trace).toBe(sampled)
	})

	test('a batch of several requests belongs to no trace', async () => {
		const batcher = controlledBatcher()
		await runBatch(batcher, [sampled, sampled])
		expect(batcher.runs[0]?.trace).toBeUndefined()
	})
})

// So a trace is sampled only when something says so.
const noRoots = { OTEL_TRACES_SAMPLER: 'parentbased_always_off' }

describe('With an SDK', () => {
	let collector: OtlpCollector
	let tracing: AsyncDisposable
	beforeEach(async () => {
		collector = await startOtlpCollector()
		const config = tracingConfig(readVariables(tracingVariables, { ...collector.env, ...noRoots }))
		if (config === undefined) throw new Error('the collector is not named')
		tracing = openTracing('test', config, { log: createLog('test', 'silent') }, { shutdownTimeoutMs: 10_000 })
	})
	afterEach(async () => {
		await tracing[Symbol.asyncDispose]()
		await collector[Symbol.asyncDispose]()
	})

	/** The spans that the process has made, all of which have ended. */
	async function spans() {
		await tracing[Symbol.asyncDispose]()
		return collector.spans
	}

	const idsOf = ({ span }: StartedSpan) => ({ traceId: span.spanContext().traceId, spanId: span.spanContext().spanId })

	test('a batch of one request is a child of its span, and each has a link to the other', async () => {
		const batcher = controlledBatcher({ name: 'insert orders' })
		const request = startSpan('request', { sampling: 'always' })
		await runBatch(batcher, [request.context])
		request.span.end()
		const [batch, ended] = await spans()
		expect(batch).toMatchObject({
			name: 'batch insert orders',
			kind: 'INTERNAL',
			traceId: idsOf(request).traceId,
			parentSpanId: idsOf(request).spanId,
			links: [idsOf(request)],
			attributes: { 'mercat.batch.size': 1 },
			status: 'UNSET',
		})
		expect(ended?.links).toMatchObject([{ traceId: batch?.traceId, spanId: batch?.spanId }])
		expect(spanContextOf(batcher.runs[0]?.trace)?.spanId).toBe(batch?.spanId)
	})

	test('a batch of 20 requests has a trace of its own, 20 links, and a link from each of them', async () => {
		const batcher = controlledBatcher()
		const requests = Array.from({ length: 20 }, (_, index) => startSpan(`request ${index}`, { sampling: 'always' }))
		await runBatch(
			batcher,
			requests.map(({ context }) => context),
		)
		for (const { span } of requests) span.end()
		const [batch, ...ended] = await spans()
		expect(batch?.parentSpanId).toBeUndefined()
		expect(batch?.attributes).toEqual({ 'mercat.batch.size': 20 })
		expect(batch?.links).toMatchObject(requests.map(idsOf))
		expect(ended.map(({ links }) => links)).toEqual(
			requests.map(() => [{ traceId: batch?.traceId, spanId: batch?.spanId, attributes: {} }]),
		)
		expect(spanContextOf(batcher.runs[0]?.trace)).toMatchObject({ traceId: batch?.traceId, spanId: batch?.spanId })
	})

	test('a batch is sampled when one of its requests is, and has links to all of them', async () => {
		const batcher = controlledBatcher()
		await runBatch(batcher, [unsampled, sampled, undefined])
		expect(isSampled(batcher.runs[0]?.trace)).toBe(true)
		const [batch] = await spans()
		expect(batch?.links.map(({ traceId }) => traceId)).toEqual(
			[unsampled, sampled].map((trace) => spanContextOf(trace)?.traceId),
		)
	})

	test('a batch without a sampled request has a trace that says so, and no span', async () => {
		const batcher = controlledBatcher()
		await runBatch(batcher, [unsampled, newTraceContext()])
		await runBatch(batcher, [unsampled])
		expect(spanContextOf(batcher.runs[0]?.trace)).toMatchObject({ traceFlags: 0 })
		expect(batcher.runs[1]?.trace).toBe(unsampled)
		expect(await spans()).toEqual([])
	})

	test('a batch of work that belongs to no trace has no trace either', async () => {
		const batcher = controlledBatcher()
		await runBatch(batcher, [undefined])
		await runBatch(batcher, [undefined, undefined])
		expect(batcher.runs.map(({ trace }) => trace)).toEqual([undefined, undefined])
		expect(await spans()).toEqual([])
	})

	test('an error of the whole batch is the error of its span', async () => {
		const batcher = controlledBatcher()
		const answers = Promise.allSettled([1, 2].map((item) => batcher.submit(`${item}`, 60_000, undefined, sampled)))
		await turn()
		batcher.runs[0]?.fail(Object.assign(new Error('gone'), { code: 'CATALOG_TIMEOUT' }))
		await answers
		expect(await spans()).toMatchObject([{ status: 'ERROR', attributes: { 'error.type': 'CATALOG_TIMEOUT' } }])
	})

	test('the error of an item alone is no error of its batch', async () => {
		const batcher = controlledBatcher({
			async run(items) {
				if (items.includes('bad')) throw new ItemsFault('bad item')
				return items
			},
		})
		const submit = (...items: string[]) =>
			Promise.allSettled(items.map((item) => batcher.submit(item, 60_000, undefined, sampled)))
		await submit('good', 'bad')
		await submit('bad')
		const refusing = controlledBatcher()
		await runBatch(refusing, [sampled, sampled], ['fine', new Error('refused')])
		expect((await spans()).map(({ status }) => status)).toEqual(['UNSET', 'UNSET', 'UNSET'])
	})
})
