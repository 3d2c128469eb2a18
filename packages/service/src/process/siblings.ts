import cluster from 'node:cluster'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { WorkerAnswer, WorkerQuestion } from './worker-questions.ts'

/** A message of a worker to its primary process, which asks all workers. */
export type SiblingsQuestion = { siblingsQuestion: number; withinMs: number }
/** The message back. */
export type SiblingsAnswer = { siblingsQuestion: number; answers: unknown[] }

/** The workers of one service on one machine. A process without workers is alone. */
export type Siblings<Facts> = Disposable & {
	/** The facts of this process and of each other worker that answers within `withinMs`. */
	ask(withinMs: number): Promise<Facts[]>
}

/** The name of this process and all of its siblings. Other machines have other names. */
export function instanceName(): string {
	return `${hostname()}:${cluster.isWorker ? process.ppid : process.pid}`
}

// For the two messages between a worker and its primary process.
const messageMs = 100
let lastId = 0

/**
 * Joins the siblings until the result is disposed of. A process has one kind of facts, which the structured clone algorithm
 * can copy.
 */
export function joinSiblings<Facts>(factsOfThisProcess: () => Promise<Facts>): Siblings<Facts> {
	const open = new Map<number, (answers: Facts[]) => void>()

	async function onMessage(message: Partial<WorkerQuestion & SiblingsAnswer>): Promise<void> {
		if (message.question === 'facts' && message.id !== undefined) {
			// A worker that cannot tell its facts counts as one that does not answer.
			const facts = await factsOfThisProcess().catch(() => undefined)
			tellPrimary({ answerTo: message.id, facts } satisfies WorkerAnswer)
		}
		if (message.siblingsQuestion !== undefined) open.get(message.siblingsQuestion)?.(message.answers as Facts[])
	}

	async function askPrimary(withinMs: number): Promise<Facts[]> {
		const siblingsQuestion = ++lastId
		const { promise, resolve } = Promise.withResolvers<Facts[]>()
		open.set(siblingsQuestion, resolve)
		tellPrimary({ siblingsQuestion, withinMs } satisfies SiblingsQuestion)
		const limit = new AbortController()
		const late = sleep(withinMs + messageMs, [], { signal: limit.signal }).catch(() => [])
		const answers = await Promise.race([promise, late])
		limit.abort()
		open.delete(siblingsQuestion)
		return answers
	}

	if (cluster.isWorker) process.on('message', onMessage)
	return {
		async ask(withinMs) {
			const answers = cluster.isWorker ? await askPrimary(withinMs) : []
			return answers.length > 0 ? answers : [await factsOfThisProcess()]
		},
		[Symbol.dispose]() {
			process.off('message', onMessage)
		},
	}
}

// The primary process may be gone by now.
function tellPrimary(message: object): void {
	process.send?.(message, undefined, undefined, () => {})
}
