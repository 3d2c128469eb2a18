import cluster from 'node:cluster'
import { collectDefaultMetrics, register } from '@prometheus-io/client'
import type { Logger } from '../logging/log.ts'
import { startOperatorServer } from './operator-server.ts'
import type { Readiness } from './readiness.ts'
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
	collectDefaultMetrics({ eventLoopUtilizationTimeout: utilizationMs })
	if (cluster.isWorker) return answerPrimary(readiness, log)
	return startOperatorServer(host, metricsPort, { metrics: () => register.metrics(), readiness, log })
}

function answerPrimary(readiness: Pick<Readiness, 'missing'>, log: Pick<Logger, 'error'>): AsyncDisposable {
	async function onMessage({ question, id }: Partial<WorkerQuestion>): Promise<void> {
		if (question === undefined || id === undefined) return
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
