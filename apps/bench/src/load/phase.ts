import { createLatencies, type Percentiles } from './latencies.ts'

/** One second of a phase. */
export type Second = {
	/** Orders placed in this second, whenever they were sent. */
	placed: number
	/** What came of the requests that were sent in this second. */
	outcomes: Record<Outcome, number>
	/** Since they were due, of those of them that were placed. */
	accepted: Percentiles
}

export type PhaseResult = {
	seconds: Second[]
	/** Since they were sent. */
	accepted: Percentiles
	refused: Percentiles
	/** How long after it was due a request was sent. */
	lateness: Percentiles
}

/** The status of an answer, or the code of the error there was instead. */
export type Outcome = number | string

export function isOrderPlaced(outcome: Outcome): boolean {
	return Number(outcome) === 201
}

export function isRefusal(outcome: Outcome): boolean {
	return Number(outcome) === 503
}

/** Counts what happens in a phase of so many seconds. */
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
		/** @returns to be called when it was answered */
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
