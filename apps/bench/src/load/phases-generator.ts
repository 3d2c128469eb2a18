import { setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { answerJobs } from './answer-jobs.ts'
import { createHttpConnections } from './http-connections.ts'
import { httpRequests, type Wish } from './http-requests.ts'
import { keepPace, type Pace, type Send } from './pace.ts'
import { createPhaseTally, type PhaseResult } from './phase.ts'

export type Phase = Extract<Pace, { seconds: number }>

/** Phases of load. A phase starts when the one before ends, even if some requests of that one have no response yet. */
export type PhasesJob = { origin: string; phases: Phase[]; wish: Wish; secret: string }

// Every concurrent request has a connection of its own. Above this number, requests wait for a free connection.
const mostConnections = 4_096

// Low priority: the load generator must not take CPU time from the servers on the same machine.
setPriority(10)

answerJobs(async ({ origin, phases, wish, secret }: PhasesJob): Promise<PhaseResult[]> => {
	using connections = createHttpConnections(origin, mostConnections)
	const nextRequest = httpRequests(wish, secret)

	async function run(phase: Phase): Promise<PhaseResult> {
		const tally = createPhaseTally(phase.seconds)
		const send: Send = (dueAt, done) => {
			const answered = tally.sent(dueAt)
			connections.ask(nextRequest(), (outcome) => {
				answered(outcome)
				done()
			})
		}
		await keepPace(send, phase, connections.hasRoom)
		return tally.result()
	}

	const running: Promise<PhaseResult>[] = []
	for (const phase of phases) {
		running.push(run(phase))
		await sleep(1000 * phase.seconds)
	}
	return await Promise.all(running)
})
