import cluster, { type Worker } from 'node:cluster'
import { Registry } from '@prometheus-io/client'
import type { OperatorServerNeeds } from './operator-server.ts'
import { askWorkers, type WorkerMetrics } from './worker-questions.ts'

export type SumOfWorkersNeeds = {
	/** The workers that listen. */
	serving(): Worker[]
}

/**
 * What the workers of this primary process say together. Their metrics are added up, or joined as the `aggregator` of a metric
 * says. What a worker has counted still counts when it does not answer and after it has ended, because a sum that falls looks
 * like a restart of all workers. Its gauges do not: they tell only of a moment. The service is ready when one worker or more
 * answer, and none of these misses anything.
 */
export function createSumOfWorkers({ serving }: SumOfWorkersNeeds): Pick<OperatorServerNeeds, 'metrics' | 'readiness'> {
	const lastCounted = new Map<Worker, WorkerMetrics>()
	let countedByEnded: WorkerMetrics = []

	cluster.on('exit', (worker) => {
		const counted = lastCounted.get(worker) ?? []
		lastCounted.delete(worker)
		countedByEnded = join([countedByEnded, counted]).getMetricsAsArray() as unknown as WorkerMetrics
	})

	async function metrics(): Promise<string> {
		const answers = await askWorkers(serving(), 'metrics')
		const present: WorkerMetrics[] = []
		for (const [worker, { metrics }] of answers) {
			// A worker that has ended since then is among the ended ones.
			if (metrics === undefined || worker.isDead()) continue
			lastCounted.set(worker, metrics.filter(isCounted))
			present.push(metrics.filter((metric) => !isCounted(metric)))
		}
		const states = workerStates(answers.size, serving().length - answers.size)
		return join([[states], countedByEnded, ...lastCounted.values(), ...present]).metrics()
	}

	async function missing(): Promise<string[]> {
		const answers = await askWorkers(serving(), 'missing')
		const lists = [...answers.values()].flatMap(({ missing }) => (missing === undefined ? [] : [missing]))
		return lists.length === 0 ? ['no worker answers'] : [...new Set(lists.flat())]
	}

	return { metrics, readiness: { missing } }
}

const join = (metrics: WorkerMetrics[]) => Registry.aggregate(metrics)

function isCounted({ type, aggregator = 'sum' }: WorkerMetrics[number]): boolean {
	return type !== 'gauge' && aggregator === 'sum'
}

function workerStates(answering: number, silent: number): WorkerMetrics[number] {
	return {
		name: 'mercat_workers',
		help: 'Processes of this service that answer their primary process, and that do not.',
		type: 'gauge',
		aggregator: 'sum',
		values: [
			{ labels: { state: 'answering' }, value: answering },
			{ labels: { state: 'silent' }, value: Math.max(0, silent) },
		],
	}
}
