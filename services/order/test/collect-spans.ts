import { createLog } from '@mercat/service/log'
import { openTracing } from '@mercat/service/open-tracing'
import { startOtlpCollector } from '@mercat/testing/otlp-collector'
import { readOrderConfig } from '../src/config.ts'
import { jwtSecret } from './tokens.ts'

/** Makes the spans of this process, and collects them. */
export async function collectSpans() {
	await using opened = new AsyncDisposableStack()
	const collector = opened.use(await startOtlpCollector())
	const { tracing } = readOrderConfig({
		JWT_SECRET: jwtSecret,
		DATABASE_URL: 'pglite:memory',
		CATALOG_ADDRESS: 'localhost:1',
		...collector.env,
	})
	if (tracing === undefined) throw new Error('no collector is named')
	const open = opened.use(
		openTracing('mercat-order', tracing, { log: createLog('test', 'silent') }, { shutdownTimeoutMs: 10_000 }),
	)
	const resources = opened.move()
	return {
		spans: collector.spans,
		until: collector.until,
		/** Sends what is left. No span is made after it. */
		finish: () => open[Symbol.asyncDispose](),
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
