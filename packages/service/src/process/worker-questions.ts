import cluster, { type Worker } from 'node:cluster'

/** The metrics of a process, as the registry of `@prometheus-io/client` gives them. */
export type WorkerMetrics = { name: string; help: string; type: unknown; aggregator?: string; values: object[] }[]

/** A message of the primary process to its workers. */
export type WorkerQuestion = { question: 'metrics' | 'missing' | 'facts'; id: number }
/** The message back. Without a member, the worker failed to answer. */
export type WorkerAnswer = {
	answerTo: number
	metrics?: WorkerMetrics
	missing?: string[]
	/** What the service itself tells its other workers. */
	facts?: unknown
}

// More than a worker takes whose database does not answer, and less than Prometheus gives a scrape.
const answerMs = 4_000
let lastId = 0

/**
 * Asks the workers, and resolves to their answers. The answers of workers that end meanwhile, or that take longer than
 * `withinMs`, are missing.
 */
export function askWorkers(
	workers: Worker[],
	question: WorkerQuestion['question'],
	withinMs = answerMs,
): Promise<ReadonlyMap<Worker, WorkerAnswer>> {
	const id = ++lastId
	const answers = new Map<Worker, WorkerAnswer>()
	const asked = new Set(workers.filter((worker) => worker.isConnected()))
	return new Promise((resolve) => {
		const settle = () => {
			clearTimeout(limit)
			cluster.off('message', onMessage).off('exit', done)
			resolve(answers)
		}
		const done = (worker: Worker) => {
			asked.delete(worker)
			if (asked.size === 0) settle()
		}
		const onMessage = (worker: Worker, answer: Partial<WorkerAnswer>) => {
			if (answer.answerTo !== id) return
			answers.set(worker, answer as WorkerAnswer)
			done(worker)
		}
		const limit = setTimeout(settle, withinMs)
		cluster.on('message', onMessage).on('exit', done)
		if (asked.size === 0) settle()
		for (const worker of asked) {
			worker.send({ question, id } satisfies WorkerQuestion, (error) => {
				if (error !== null) done(worker)
			})
		}
	})
}
