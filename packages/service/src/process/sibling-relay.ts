import cluster, { type Worker } from 'node:cluster'
import type { SiblingsAnswer, SiblingsQuestion } from './siblings.ts'
import { askWorkers } from './worker-questions.ts'

export type SiblingRelayNeeds = {
	/** The workers that listen. */
	serving(): Worker[]
}

/** Lets the workers of this primary process ask each other: it passes on their questions and all answers. */
export function relaySiblings({ serving }: SiblingRelayNeeds): void {
	// Workers that ask at about the same time share one question.
	let underWay: Promise<unknown[]> | undefined

	async function ask(withinMs: number): Promise<unknown[]> {
		const answers = await askWorkers(serving(), 'facts', withinMs)
		underWay = undefined
		return [...answers.values()].flatMap(({ facts }) => (facts === undefined ? [] : [facts]))
	}

	cluster.on('message', async (worker, { siblingsQuestion, withinMs }: Partial<SiblingsQuestion>) => {
		if (siblingsQuestion === undefined || withinMs === undefined) return
		underWay ??= ask(withinMs)
		const answer: SiblingsAnswer = { siblingsQuestion, answers: await underWay }
		// The worker may be gone by now.
		if (worker.isConnected()) worker.send(answer, () => {})
	})
}
