import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { DiagLogLevel, diag } from '@opentelemetry/api'
import { parseKeyPairsIntoRecord } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, RandomIdGenerator, TracerProvider } from '@opentelemetry/sdk-trace'
import servicePackage from '../../package.json' with { type: 'json' }
import type { TracingConfig } from '../configuration/tracing-config.ts'
import type { Logger } from '../logging/log.ts'
import { createDiagLogger } from './diag-logger.ts'
import { reportOutages } from './reported-exporter.ts'
import { createSampler } from './sampler.ts'
import { setTracer, traceIdOfStart } from './tracing.ts'

export type TracingNeeds = { log: Pick<Logger, 'error' | 'warn'> }

export type TracingOptions = {
	/** The time that the process has for its end. */
	shutdownTimeoutMs: number
}

// A batch of placings has one link to each of its orders.
const mostLinks = 256
// Some attributes have texts of clients, such as the host that they name.
const longestAttribute = 256
// The end of a process may take this much longer when its collector is slow or gone, and no more than this part of its time.
const longestCloseMs = 2_000
const partOfShutdown = 1 / 4

/**
 * Loads the SDK of OpenTelemetry, which sends the spans of this process to a collector, until the result is disposed of.
 * Disposing sends the spans that wait. It takes two seconds at most, and a quarter of the time for the end of the process.
 *
 * @param service the name of the service, unless the configuration has another
 */
export function openTracing(
	service: string,
	config: TracingConfig,
	{ log }: TracingNeeds,
	{ shutdownTimeoutMs }: TracingOptions,
): AsyncDisposable {
	const closeMs = Math.min(longestCloseMs, shutdownTimeoutMs * partOfShutdown)
	const remarks = createDiagLogger(log)
	diag.setLogger(remarks, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
	const exporter = new OTLPTraceExporter({ url: config.url, headers: parseKeyPairsIntoRecord(config.headers) })
	const ids = new RandomIdGenerator()
	const provider = new TracerProvider({
		resource: resourceOf(service, config),
		sampler: createSampler(config, () => ids.generateTraceId()),
		idGenerator: {
			generateTraceId: () => traceIdOfStart() ?? ids.generateTraceId(),
			generateSpanId: () => ids.generateSpanId(),
		},
		spanLimits: { linkCountLimit: mostLinks, attributeValueLengthLimit: longestAttribute },
		spanProcessors: [
			new BatchSpanProcessor({
				exporter: reportOutages(exporter, { log, onRecovery: remarks.writeAnew }),
				scheduledDelayMillis: config.scheduledDelayMs,
				exportTimeoutMillis: config.exportTimeoutMs,
				maxQueueSize: config.maxQueueSize,
				maxExportBatchSize: config.maxExportBatchSize,
			}),
		],
	})
	setTracer(provider.getTracer('mercat', servicePackage.version))
	return {
		async [Symbol.asyncDispose]() {
			setTracer(undefined)
			const limit = new AbortController()
			const sent = provider.shutdown().catch((err) => log.warn({ err }, 'the last spans could not be sent'))
			const tooLong = sleep(closeMs, 'too long', { signal: limit.signal }).catch(() => {})
			if ((await Promise.race([sent, tooLong])) === 'too long') log.warn('the last spans were not sent in time')
			limit.abort()
			diag.disable()
		},
	}
}

/** The name counts most that is said for this process alone: OTEL_SERVICE_NAME, then OTEL_RESOURCE_ATTRIBUTES. */
function resourceOf(service: string, { serviceName, resourceAttributes }: TracingConfig) {
	const own = {
		'service.name': service,
		'service.version': servicePackage.version,
		'service.instance.id': randomUUID(),
	}
	return defaultResource()
		.merge(resourceFromAttributes(own))
		.merge(resourceFromAttributes(parseKeyPairsIntoRecord(resourceAttributes)))
		.merge(resourceFromAttributes(serviceName === undefined ? {} : { 'service.name': serviceName }))
}
