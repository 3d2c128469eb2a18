import { createLatencies, type Percentiles } from '../load/latencies.ts'

/** What one receiver has received since the start. */
export type DeliveryCount = {
	/** All deliveries, also repeated ones. */
	received: number
	/** Different events. */
	events: number
	/** When the last new event arrived, in ms since the epoch. Absent when there is none. */
	lastNewAt?: number
}

export type DeliveryLedger = ReturnType<typeof createDeliveryLedger>

/** Counts deliveries by receiver, and records how long new events have taken to arrive. */
export function createDeliveryLedger() {
	const accounts = new Map<
		string,
		{ received: number; eventIds: Set<string>; lastNewAt?: number; delaysMs: number[] }
	>()

	function accountOf(receiver: string) {
		const account = accounts.get(receiver) ?? { received: 0, eventIds: new Set<string>(), delaysMs: [] }
		accounts.set(receiver, account)
		return account
	}

	return {
		/** @param happenedAt the time of the event; both times are in ms since the epoch */
		record(receiver: string, eventId: string, happenedAt: number, arrivedAt: number): void {
			const account = accountOf(receiver)
			account.received++
			if (account.eventIds.has(eventId)) return
			account.eventIds.add(eventId)
			account.lastNewAt = arrivedAt
			account.delaysMs.push(arrivedAt - happenedAt)
		},
		counts: (receivers: string[]): DeliveryCount[] =>
			receivers.map(accountOf).map(({ received, eventIds, lastNewAt }) => ({
				received,
				events: eventIds.size,
				lastNewAt,
			})),
		/** The delays of the new events of all these receivers since the last call. */
		takeDelays(receivers: string[]): Percentiles {
			const latencies = createLatencies()
			for (const account of receivers.map(accountOf)) {
				for (const ms of account.delaysMs) latencies.record(ms)
				account.delaysMs = []
			}
			return latencies.percentiles()
		},
	}
}
