import { type ExportResult, ExportResultCode } from '@opentelemetry/core'
import type { SpanExporter } from '@opentelemetry/sdk-trace'
import { failureText } from '../logging/failure-text.ts'
import type { Logger } from '../logging/log.ts'

export type ReportOutagesNeeds = {
	log: Pick<Logger, 'error' | 'warn'>
	/** Is called when the collector takes spans again. */
	onRecovery(): void
}

/**
 * The exporter, with one line in the log when the collector stops taking spans, and one when it takes them again. The SDK would
 * write a line for each batch. Spans that were not taken are lost.
 */
export function reportOutages(exporter: SpanExporter, { log, onRecovery }: ReportOutagesNeeds): SpanExporter {
	let lostSpans = 0

	function settle(count: number, { code, error }: ExportResult): void {
		if (code === ExportResultCode.SUCCESS) {
			if (lostSpans > 0) {
				log.warn({ lostSpans }, 'the collector takes spans again')
				onRecovery()
			}
			lostSpans = 0
			return
		}
		if (lostSpans === 0)
			log.error(
				{ reason: error === undefined ? 'the collector gave no reason' : failureText(error) },
				'the collector takes no spans',
			)
		lostSpans += count
	}

	return {
		export(spans, done) {
			exporter.export(spans, (result) => {
				settle(spans.length, result)
				done({ code: ExportResultCode.SUCCESS })
			})
		},
		forceFlush: async () => exporter.forceFlush?.(),
		shutdown: () => exporter.shutdown(),
	}
}
