import { createHttpConnections } from './http-connections.ts'
import { createTally, type LoadResult } from './load-result.ts'
import { keepPace, type Pace, type Send } from './pace.ts'

/** Sends requests over persistent connections. A response with an unexpected status counts as a failure. */
export async function runHttpLoad(
	origin: string,
	pace: Pace,
	nextRequest: () => string,
	expectedStatus: number,
): Promise<LoadResult> {
	using connections = createHttpConnections(origin)
	const tally = createTally()

	const send: Send = (dueAt, done) => {
		connections.ask(nextRequest(), (outcome) => {
			if (outcome === expectedStatus) tally.succeeded(dueAt)
			else tally.failed(outcome)
			done()
		})
	}

	await keepPace(send, pace)
	return tally.result()
}
