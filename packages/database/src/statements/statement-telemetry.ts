import { durationBuckets, Histogram } from '@mercat/service/metrics'
import { isSampled } from '@mercat/service/trace-context'
import {
	type Attributes,
	isTracing,
	type Span,
	SpanKind,
	SpanStatusCode,
	startSpan,
	type TraceContext,
} from '@mercat/service/tracing'
import { readDatabaseServers, type ServerAddress } from '../servers/database-url.ts'
import { errorCode, sqlState } from './errors.ts'
import type { AnyStatement } from './queryable.ts'
import { summaryOf } from './statement-summary.ts'

const system = 'postgresql'

const durations = new Histogram({
	name: 'db_client_operation_duration_seconds',
	help: 'The time of a statement as its caller sees it, the waits for a connection and the repetitions included.',
	labelNames: ['db_system_name', 'db_query_summary', 'error_type'],
	buckets: durationBuckets,
})
type Observer = ReturnType<typeof durations.labels>
// Bound once: finding the labels costs more than the rest. Failures are too rare for it.
const successes = new Map<string, Observer>()

export type StatementTelemetry = ReturnType<typeof createStatementTelemetry>

/** The spans and the metrics of the statements to the database at `url`. */
export function createStatementTelemetry(url: string) {
	const address: Attributes = { 'db.system.name': system, ...addressOf(url) }

	/** Without a sampled span above, nobody would find the span of a statement. */
	function startClientSpan(name: string, parent: TraceContext | undefined, attributes?: Attributes) {
		if (!isTracing() || !isSampled(parent)) return undefined
		return startSpan(name, { kind: SpanKind.CLIENT, parent, attributes: { ...address, ...attributes } })
	}

	return {
		/**
		 * Runs a statement and measures it. `run` gets its span, if it has one. An error that `run` throws at once is thrown at
		 * once.
		 */
		statement<T>(
			statement: AnyStatement,
			parent: TraceContext | undefined,
			run: (span?: Span) => Promise<T>,
		): Promise<T> {
			const summary = summaryOf(statement)
			const startedAt = performance.now()
			const span = startClientSpan(summary, parent, { 'db.query.summary': summary })?.span
			const succeed = (result: T) => {
				successOf(summary).observe((performance.now() - startedAt) / 1_000)
				span?.end()
				return result
			}
			const fail = (error: unknown) => {
				durations.labels(system, summary, errorCode(error)).observe((performance.now() - startedAt) / 1_000)
				recordError(span, error)
				span?.end()
				throw error
			}
			try {
				return run(span).then(succeed, fail)
			} catch (error) {
				return fail(error)
			}
		},

		/** Runs a transaction under a span of its own. `run` gets the context for its statements. Only they are measured. */
		async transaction<T>(
			parent: TraceContext | undefined,
			run: (context: TraceContext | undefined, span?: Span) => Promise<T>,
		): Promise<T> {
			const started = startClientSpan('transaction', parent)
			if (started === undefined) return run(parent)
			try {
				return await run(started.context, started.span)
			} catch (error) {
				recordError(started.span, error)
				throw error
			} finally {
				started.span.end()
			}
		},
	}
}

function successOf(summary: string): Observer {
	let observer = successes.get(summary)
	if (observer === undefined) {
		observer = durations.labels({ db_system_name: system, db_query_summary: summary })
		successes.set(summary, observer)
	}
	return observer
}

function recordError(span: Span | undefined, error: unknown): void {
	if (!span?.isRecording()) return
	const state = sqlState(error)
	if (state !== undefined) span.setAttribute('db.response.status_code', state)
	span.setAttribute('error.type', errorCode(error))
	// Without the message of PostgreSQL, which may have values of the statement, or the address of the server.
	span.setStatus({ code: SpanStatusCode.ERROR, message: state })
}

function addressOf(url: string): Attributes {
	const servers = readDatabaseServers(url)
	const parsed = URL.parse(servers?.urlOn(servers.addresses[0] as ServerAddress) ?? url)
	// The embedded database has no address, and a URL for a Unix socket has no host.
	if (parsed === null || url.startsWith('pglite:')) return {}
	return {
		'db.namespace': decodeURIComponent(parsed.pathname.slice(1)),
		// Which of several servers answers a statement is not known here.
		...(servers === undefined &&
			parsed.hostname !== '' && { 'server.address': parsed.hostname, 'server.port': Number(parsed.port || 5432) }),
	}
}
