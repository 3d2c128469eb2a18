import { ROOT_CONTEXT, SpanKind, trace } from '@opentelemetry/api'
import { RandomIdGenerator, TracerProvider } from '@opentelemetry/sdk-trace'
import { afterEach, expect, test } from 'vitest'
import type { SamplerName } from '../../src/configuration/tracing-config.ts'
import { createSampler } from '../../src/telemetry/sampler.ts'
import { readTraceparent } from '../../src/telemetry/trace-context.ts'
import { type Sampling, setTracer, startSpan, type TraceContext } from '../../src/telemetry/tracing.ts'

const ids = new RandomIdGenerator()
// The ratio of the standard samples the smallest ids.
const chosenId = '0'.repeat(31).concat('1')
const unsampledCaller = readTraceparent(`00-${chosenId}-b7ad6b7169203331-00`)!
const sampledCaller = readTraceparent(`00-${chosenId}-b7ad6b7169203331-01`)!

afterEach(() => setTracer(undefined))

/** How many of 1,000 spans are sampled. */
function sampled(sampler: SamplerName, samplerRatio: number, parent?: TraceContext, sampling?: Sampling): number {
	const provider = new TracerProvider({
		sampler: createSampler({ sampler, samplerRatio }, () => ids.generateTraceId()),
	})
	setTracer(provider.getTracer('test'))
	let count = 0
	for (let i = 0; i < 1_000; i++) if (startSpan('span', { parent, sampling }).span.isRecording()) count++
	return count
}

test.each<[SamplerName, number, number, number]>([
	['always_on', 1_000, 1_000, 1_000],
	['always_off', 0, 0, 0],
	['parentbased_always_on', 1_000, 0, 1_000],
	['parentbased_always_off', 0, 0, 1_000],
])(
	'%s samples new traces, traces of an unsampled caller and traces of a sampled caller as the standard says',
	(sampler, ...counts) => {
		expect([undefined, unsampledCaller, sampledCaller].map((parent) => sampled(sampler, 1, parent))).toEqual(counts)
	},
)

test('traceidratio samples its part of the new traces', () => {
	expect(sampled('traceidratio', 0)).toBe(0)
	expect(sampled('traceidratio', 1)).toBe(1_000)
	// The chance of a count outside of this is below one to 10^9.
	expect(sampled('parentbased_traceidratio', 0.25)).toBeGreaterThan(160)
	expect(sampled('parentbased_traceidratio', 0.25)).toBeLessThan(340)
})

test('a client cannot choose to be sampled by its flag, or by the id of its trace', () => {
	for (const caller of [sampledCaller, unsampledCaller]) {
		expect(sampled('parentbased_always_off', 1, caller, 'own')).toBe(0)
		expect(sampled('parentbased_traceidratio', 0.25, caller, 'own')).toBeGreaterThan(160)
		expect(sampled('parentbased_traceidratio', 0.25, caller, 'own')).toBeLessThan(340)
		expect(sampled('parentbased_always_on', 1, caller, 'own')).toBe(1_000)
	}
	// Without `own`, that id would always be sampled.
	expect(sampled('traceidratio', 0.25, unsampledCaller)).toBe(1_000)
})

test('always counts more than the sampler and the caller', () => {
	expect(sampled('always_off', 0, unsampledCaller, 'always')).toBe(1_000)
})

test('the decision about a span holds for the spans below it, and its instruction does not', () => {
	sampled('parentbased_traceidratio', 0.5)
	for (let i = 0; i < 100; i++) {
		const decided = startSpan('decided here', { parent: sampledCaller, sampling: 'own' })
		const below = startSpan('below', { parent: decided.context })
		expect(below.span.isRecording()).toBe(decided.span.isRecording())
	}
	const forced = startSpan('forced', { parent: unsampledCaller, sampling: 'always' })
	const below = startSpan('below', { parent: forced.context })
	expect(below.span.isRecording()).toBe(true)
	// A context that leaves the process tells the decision by its flag.
	const remote = trace.setSpanContext(ROOT_CONTEXT, { ...below.span.spanContext(), isRemote: true })
	expect(startSpan('elsewhere', { parent: remote, kind: SpanKind.SERVER }).span.isRecording()).toBe(true)
})
