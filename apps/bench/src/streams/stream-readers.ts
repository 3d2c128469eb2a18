import { setPriority } from 'node:os'
import { signToken } from '@mercat/service/tokens'
import { answerJobs } from '../load/answer-jobs.ts'
import { tokenIssuer } from '../running/shop.ts'
import { openStream, type Stream } from './open-stream.ts'

export type ReadersJob =
	/** Opens more streams: of the events from now on, or streams that are never read, of all events. */
	{ open: { origin: string; secret: string; count: number; reads: boolean } } | { count: true } | { close: true }

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

let streams: Stream[] = []
let reading: Stream[] = []

answerJobs(async (job: ReadersJob): Promise<ReadersReport> => {
	if ('open' in job) {
		const { origin, secret, count, reads } = job.open
		const opened = await Promise.all(
			Array.from({ length: count }, (_, index) => {
				const authorization = authorizationOf(streams.length + index, secret)
				return openStream({ origin, authorization, path: `/v1/events?after=${reads ? 'now' : '0'}`, reads })
			}),
		)
		streams.push(...opened)
		if (reads) reading.push(...opened)
	}
	const report = {
		events: reading.map((stream) => stream.events()),
		ended: streams.filter((stream) => stream.hasEnded()).length,
	}
	if ('close' in job) {
		for (const stream of streams) stream[Symbol.dispose]()
		streams = []
		reading = []
	}
	return report
})

function authorizationOf(stream: number, secret: string): string {
	const subject = `reader-${Math.floor(stream / streamsPerCustomer)}`
	return `Bearer ${signToken({ ...tokenIssuer, secret }, { subject, scope: 'events:read', lifetimeMs })}`
}
