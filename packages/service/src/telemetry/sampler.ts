import {
	AlwaysOffSampler,
	AlwaysOnSampler,
	ParentBasedSampler,
	type Sampler,
	SamplingDecision,
	TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { SamplerName, TracingConfig } from '../configuration/tracing-config.ts'
import { samplingOf } from './tracing.ts'

export type SamplerOptions = Pick<TracingConfig, 'sampler' | 'samplerRatio'>

/**
 * The sampler of the configuration, unless the start of a span says who decides.
 *
 * @param newTraceId gives a random id. The decision of this process depends on it, and not on an id that a client has chosen.
 */
export function createSampler({ sampler, samplerRatio }: SamplerOptions, newTraceId: () => string): Sampler {
	const root = rootOf(sampler, samplerRatio)
	const usual = sampler.startsWith('parentbased_') ? new ParentBasedSampler({ root }) : root
	return {
		shouldSample(context, traceId, ...span) {
			const sampling = samplingOf(context)
			switch (sampling) {
				case 'always':
					return { decision: SamplingDecision.RECORD_AND_SAMPLED }
				case 'own':
					return root.shouldSample(context, newTraceId(), ...span)
				case undefined:
					return usual.shouldSample(context, traceId, ...span)
			}
		},
		toString: () => `Mercat{${usual}}`,
	}
}

function rootOf(sampler: SamplerName, ratio: number): Sampler {
	switch (sampler) {
		case 'always_on':
		case 'parentbased_always_on':
			return new AlwaysOnSampler()
		case 'always_off':
		case 'parentbased_always_off':
			return new AlwaysOffSampler()
		case 'traceidratio':
		case 'parentbased_traceidratio':
			return new TraceIdRatioBasedSampler(ratio)
	}
}
