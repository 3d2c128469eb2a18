import { EnvError, makeExactValidator } from 'envalid'
import { flag, integer, oneOf, text, textLike, type Variables } from './variables.ts'

const samplers = [
	'always_on',
	'always_off',
	'traceidratio',
	'parentbased_always_on',
	'parentbased_always_off',
	'parentbased_traceidratio',
] as const
export type SamplerName = (typeof samplers)[number]

const ratio = makeExactValidator<number>((value) => {
	const number = /^\s*\d+(\.\d+)?\s*$/.test(value) ? Number(value) : Number.NaN
	if (!(number <= 1)) throw new EnvError('must be a number from 0 to 1')
	return number
})
const collectorUrl = textLike(/^https?:\/\/[^\s@/?#]+([/?#]\S*)?$/, 'an http: or https: URL without a password')

/** The variables of OpenTelemetry. Their names and defaults are those of its specification. */
export const tracingVariables = {
	OTEL_SDK_DISABLED: flag({ default: false }),
	OTEL_TRACES_EXPORTER: oneOf(['otlp', 'none'])({ default: 'otlp' }),
	OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl({ default: undefined }),
	OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collectorUrl({ default: undefined }),
	OTEL_EXPORTER_OTLP_PROTOCOL: text({ default: 'http/protobuf' }),
	OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: text({ default: undefined }),
	OTEL_EXPORTER_OTLP_HEADERS: text({ default: undefined }),
	OTEL_EXPORTER_OTLP_TRACES_HEADERS: text({ default: undefined }),
	OTEL_SERVICE_NAME: text({ default: undefined }),
	OTEL_RESOURCE_ATTRIBUTES: text({ default: undefined }),
	OTEL_TRACES_SAMPLER: oneOf(samplers)({ default: 'parentbased_always_on' }),
	OTEL_TRACES_SAMPLER_ARG: ratio({ default: 1 }),
	OTEL_BSP_SCHEDULE_DELAY: integer(1, 3_600_000)({ default: 5_000 }),
	OTEL_BSP_EXPORT_TIMEOUT: integer(1, 3_600_000)({ default: 30_000 }),
	OTEL_BSP_MAX_QUEUE_SIZE: integer(1, 1_000_000)({ default: 2_048 }),
	OTEL_BSP_MAX_EXPORT_BATCH_SIZE: integer(1, 1_000_000)({ default: 512 }),
}

type TracingVariables = Variables<typeof tracingVariables>

/** Which spans are made, and where they go. */
export type TracingConfig = {
	/** The URL of the collector for traces. */
	url: string
	/** Headers for the collector, as pairs `name=value` between commas. */
	headers?: string
	/** In place of the name of the service. */
	serviceName?: string
	/** Attributes of this process, as pairs `name=value` between commas. */
	resourceAttributes?: string
	sampler: SamplerName
	/** The part of the traces that the samplers by ratio sample, from 0 to 1. */
	samplerRatio: number
	scheduledDelayMs: number
	exportTimeoutMs: number
	/** Spans that wait for their export. More are dropped. */
	maxQueueSize: number
	maxExportBatchSize: number
}

/** Checks the protocol, and returns a message if spans would be sent and it is another. */
export function checkTracing(variables: Partial<TracingVariables>): string[] {
	const { OTEL_EXPORTER_OTLP_PROTOCOL: both, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: traces } = variables
	if (endpointOf(variables) === undefined || (traces ?? both) === 'http/protobuf') return []
	const name = traces === undefined ? 'OTEL_EXPORTER_OTLP_PROTOCOL' : 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'
	return [`${name} must be http/protobuf, the only protocol that is supported`]
}

/** The configuration of tracing; undefined when no collector is named, or when another variable turns tracing off. */
export function tracingConfig(variables: TracingVariables): TracingConfig | undefined {
	const url = endpointOf(variables)
	if (url === undefined) return undefined
	return {
		url,
		headers: variables.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? variables.OTEL_EXPORTER_OTLP_HEADERS,
		serviceName: variables.OTEL_SERVICE_NAME,
		resourceAttributes: variables.OTEL_RESOURCE_ATTRIBUTES,
		sampler: variables.OTEL_TRACES_SAMPLER as SamplerName,
		samplerRatio: variables.OTEL_TRACES_SAMPLER_ARG,
		scheduledDelayMs: variables.OTEL_BSP_SCHEDULE_DELAY,
		exportTimeoutMs: variables.OTEL_BSP_EXPORT_TIMEOUT,
		maxQueueSize: variables.OTEL_BSP_MAX_QUEUE_SIZE,
		maxExportBatchSize: variables.OTEL_BSP_MAX_EXPORT_BATCH_SIZE,
	}
}

function endpointOf(variables: Partial<TracingVariables>): string | undefined {
	if (variables.OTEL_SDK_DISABLED || variables.OTEL_TRACES_EXPORTER === 'none') return undefined
	const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = variables
	// The endpoint of all signals gets the path of this one; the endpoint of traces is taken as it is.
	return traces ?? (base && `${base.replace(/\/$/, '')}/v1/traces`)
}
