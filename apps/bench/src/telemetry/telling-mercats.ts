import { statSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'
import { type Mercat, startMercat } from '../contestants/start-mercat.ts'
import type { Bench } from '../running/bench.ts'
import type { BenchProcess } from '../running/bench-process.ts'
import { startSpanSink } from './start-span-sink.ts'

/** The services of this checkout with one kind of telemetry. */
export type TellingMercat = Mercat & {
	/** The least part of the orders per second of a commit without telemetry that it may have. */
	least: number
	/** Further processes whose CPU time counts. */
	receivers?: BenchProcess[]
	/** Called now and then while orders arrive. */
	scrape?(): Promise<void>
	/** Throws when nothing was told: then the cost of telling was not measured. */
	checkTold?(): Promise<void>
}

const tracedPercent = 5
// The spans of a turn are sent within it. By default they wait for up to 5 s, and the next contestant would pay.
const spanDelayMs = 500

/** Nothing is asked, sent or written. */
export async function startSilent(bench: Bench): Promise<TellingMercat> {
	return { ...(await startMercat(bench, { name: 'telemetry off' })), least: 0.97 }
}

/** The metrics of both services are scraped. */
export async function startWithMetrics(bench: Bench): Promise<TellingMercat> {
	const ports = { catalog: await getPort(), order: await getPort() }
	const catalog = { METRICS_PORT: String(ports.catalog) }
	const order = { METRICS_PORT: String(ports.order) }
	const mercat = await startMercat(bench, { name: 'metrics', variables: { catalog, order } })
	const scrape = async () => {
		for (const port of Object.values(ports)) {
			const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
			if (!metrics.includes('mercat_batch_size_count')) throw new Error(`no metrics were told: ${metrics}`)
		}
	}
	return { ...mercat, least: 0.96, scrape }
}

/** A part of the orders is traced through both services. A process takes the spans and drops them. */
export async function startWithTraces(bench: Bench): Promise<TellingMercat> {
	await using opened = new AsyncDisposableStack()
	const sink = opened.use(await startSpanSink())
	const variables = {
		OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
		OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
		OTEL_TRACES_SAMPLER_ARG: String(tracedPercent / 100),
		OTEL_BSP_SCHEDULE_DELAY: String(spanDelayMs),
	}
	const name = `${tracedPercent} % of traces`
	const mercat = opened.use(await startMercat(bench, { name, variables: { catalog: variables, order: variables } }))
	const resources = opened.move()
	return {
		...mercat,
		least: 0.93,
		receivers: [sink],
		async checkTold() {
			if ((await sink.takenBytes()) === 0) throw new Error('no spans were sent')
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

/** Both services write a line for each request or call to one file. */
export async function startWithLines(bench: Bench): Promise<TellingMercat> {
	const variables = { LOG_LEVEL: 'info', REQUEST_LOG: 'true' }
	const logFile = join(bench.folder, 'requests.log')
	const name = 'a line per request'
	return {
		...(await startMercat(bench, { name, variables: { catalog: variables, order: variables }, logFile })),
		least: 0.92,
		async checkTold() {
			if (statSync(logFile).size === 0) throw new Error('no lines were written')
		},
	}
}
