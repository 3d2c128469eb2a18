import { createLatencies, type Percentiles } from './latencies.ts'

/** One second of a phase. */
export type Second = {
	/** Number of orders with a 201 in this second, regardless of when they were sent. */
	placed: number
	/** Outcomes of the requests that were sent in this second. */
	outcomes: Record<Outcome, number>
	/** Latencies, from when they were due, of the placed orders that were sent in this second. */
	accepted: Percentiles
}

export type PhaseResult = {
	seconds: Second[]
	/** Latencies of placed orders, from when they were sent. */
	accepted: Percentiles
	/** Latencies of refusals, from when they were sent. */
	refused: Percentiles
	/** Time from when a request was due to when it was sent. */
	lateness: Percentiles
}

/** The HTTP status of a response, or the error code when there was no response. */
export type Outcome = number | string

export function isOrderPlaced(outcome: Outcome): boolean {
	return Number(outcome) === 201
}

export function isRefusal(outcome: Outcome): boolean {
	return Number(outcome) === 503
}

/** Counts the requests and outcomes of a phase. */
export function createPhaseTally(seconds: number) {
	const startedAt = performance.now()
	const bySecond = Array.from({ length: seconds }, () => {
		return { placed: 0, outcomes: {} as Second['outcomes'], accepted: createLatencies() }
	})
	const secondOf = (at: number) => bySecond[Math.floor((at - startedAt) / 1000)]
	const accepted = createLatencies()
	const refused = createLatencies()
	const lateness = createLatencies()
	return {
		/** @returns a function to call with the outcome of the request */
		sent(dueAt: number): (outcome: Outcome) => void {
			const sentAt = performance.now()
			lateness.record(sentAt - dueAt)
			const sentIn = secondOf(sentAt)
			return (outcome) => {
				const answeredAt = performance.now()
				const ms = answeredAt - sentAt
				if (sentIn) sentIn.outcomes[outcome] = (sentIn.outcomes[outcome] ?? 0) + 1
				if (isRefusal(outcome)) refused.record(ms)
				if (!isOrderPlaced(outcome)) return
				accepted.record(ms)
				sentIn?.accepted.record(answeredAt - dueAt)
				const answeredIn = secondOf(answeredAt)
				if (answeredIn) answeredIn.placed++
			}
		},
		result: (): PhaseResult => ({
			seconds: bySecond.map((second) => ({ ...second, accepted: second.accepted.percentiles() })),
			accepted: accepted.percentiles(),
			refused: refused.percentiles(),
			lateness: lateness.percentiles(),
		}),
	}
}
