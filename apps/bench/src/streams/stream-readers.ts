import { setPriority } from 'node:os'
import { signToken } from '@mercat/service/tokens'
import { answerJobs } from '../load/answer-jobs.ts'
import { tokenIssuer } from '../running/shop.ts'
import { openStream, type Stream } from './open-stream.ts'

export type ReadersJob =
	/** Opens streams. The first ones are read, and the `silent` ones are never read. */
	{ open: { origin: string; secret: string; reading: number; silent: number } } | { count: true } | { close: true }

export type ReadersReport = {
	/** The number of events that each reader has read since it was opened. */
	events: number[]
	/** The number of streams that the server has ended. */
	ended: number
}

// A customer may have five streams. The server may notice a little later that the streams of the last turn are closed.
const streamsPerCustomer = 2
const lifetimeMs = 24 * 3_600_000

// Low priority: the readers must not take CPU time from the servers on the same machine.
setPriority(10)

let reading: Stream[] = []
let silent: Stream[] = []

answerJobs(async (job: ReadersJob): Promise<ReadersReport> => {
	if ('open' in job) {
		const { origin, secret, ...counts } = job.open
		const all = await Promise.all(
			Array.from({ length: counts.reading + counts.silent }, (_, index) =>
				openStream({ origin, authorization: authorizationOf(index, secret), reads: index < counts.reading }),
			),
		)
		reading = all.slice(0, counts.reading)
		silent = all.slice(counts.reading)
	}
	const report = {
		events: reading.map((stream) => stream.events()),
		ended: [...reading, ...silent].filter((stream) => stream.hasEnded()).length,
	}
	if ('close' in job) {
		for (const stream of [...reading, ...silent]) stream[Symbol.dispose]()
	}
	return report
})

function authorizationOf(stream: number, secret: string): string {
	const subject = `reader-${Math.floor(stream / streamsPerCustomer)}`
	return `Bearer ${signToken({ ...tokenIssuer, secret }, { subject, scope: 'events:read', lifetimeMs })}`
}
