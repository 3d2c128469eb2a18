import { Pool } from 'undici'
import type { HttpRequest } from './http-requests.ts'
import { createTally, type LoadResult } from './load-result.ts'
import { keepPace, type Pace, type Send } from './pace.ts'

// In an open loop there are as many connections as there are requests under way, up to this.
const mostConnections = 512

/** Sends requests over connections that are kept, and counts the answers that have the expected status. */
export async function runHttpLoad(
	origin: string,
	pace: Pace,
	nextRequest: () => HttpRequest,
	expectedStatus: number,
): Promise<LoadResult> {
	const connections = 'clients' in pace ? pace.clients : mostConnections
	const pool = new Pool(origin, { connections, pipelining: 1 })
	const tally = createTally()

	const send: Send = (dueAt, done) => {
		let status = 0
		pool.dispatch(nextRequest(), {
			onRequestStart() {},
			onResponseStart(_controller, statusCode) {
				status = statusCode
			},
			onResponseData() {},
			onResponseEnd() {
				if (status === expectedStatus) tally.succeeded(dueAt)
				else tally.failed(status)
				done()
			},
			onResponseError(_controller, error) {
				tally.failed((error as NodeJS.ErrnoException).code ?? error.message)
				done()
			},
		})
	}

	await keepPace(send, pace)
	const result = tally.result()
	await pool.close()
	return result
}
