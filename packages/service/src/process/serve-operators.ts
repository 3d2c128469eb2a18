import cluster from 'node:cluster'
import { collectDefaultMetrics, Gauge, register } from '@prometheus-io/client'
import type { Logger } from '../logging/log.ts'
import { startOperatorServer } from './operator-server.ts'
import type { Readiness } from './readiness.ts'
import { showReadiness } from './readiness-gauge.ts'
import type { WorkerAnswer, WorkerQuestion } from './worker-questions.ts'

export type ServeOperatorsNeeds = { readiness: Pick<Readiness, 'missing'>; log: Pick<Logger, 'error'> }
export type ServeOperatorsOptions = { host: string; metricsPort: number }

// By default the use of the event loop is observed ten times a second, which costs as much as all scrapes.
const utilizationMs = 1_000

/**
 * Answers operators about this process until the result is disposed of: on a port of its own, or as a worker by answering the
 * questions of its primary, which has the port.
 */
export async function serveOperators(
	{ readiness, log }: ServeOperatorsNeeds,
	{ host, metricsPort }: ServeOperatorsOptions,
): Promise<AsyncDisposable> {
	await using opened = new AsyncDisposableStack()
	opened.use(showReadiness(readiness))
	measureProcess()
	opened.use(
		cluster.isWorker
			? answerPrimary(readiness, log)
			: await startOperatorServer(host, metricsPort, { metrics: () => register.metrics(), readiness, log }),
	)
	return opened.move()
}

function measureProcess(): void {
	collectDefaultMetrics({ eventLoopUtilizationTimeout: utilizationMs })
	// The library takes the mean over all workers, in which one that is blocked cannot be seen.
	const longest = register.getSingleMetric('nodejs_eventloop_lag_p99_seconds')
	if (longest instanceof Gauge) Object.assign(longest, { aggregator: 'max' })
}

function answerPrimary(readiness: Pick<Readiness, 'missing'>, log: Pick<Logger, 'error'>): AsyncDisposable {
	async function onMessage({ question, id }: Partial<WorkerQuestion>): Promise<void> {
		// Siblings ask for other things, and get their answer elsewhere.
		if (id === undefined || (question !== 'metrics' && question !== 'missing')) return
		const answer: WorkerAnswer = { answerTo: id }
		try {
			if (question === 'metrics') answer.metrics = await register.getMetricsAsJSON()
			else answer.missing = await readiness.missing()
		} catch (err) {
			log.error({ err, question }, 'a question of the primary process failed')
		}
		// The primary may be gone by now.
		process.send?.(answer, undefined, undefined, () => {})
	}
	process.on('message', onMessage)
	return {
		async [Symbol.asyncDispose]() {
			process.off('message', onMessage)
		},
	}
}
