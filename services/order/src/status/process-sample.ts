/** What a process has counted until a moment. */
export type ProcessSample = {
	pid: number
	/** The moment, on the clock of `performance.now()` of that process. */
	takenAt: number
	counted: Counted
	batches: Record<string, BatchCounts>
	/** How long `POST /v1/orders` took. */
	placing: DurationCounts
	databasePool: { used: number; idle: number; waiting: number }
	breaker: BreakerState
	streams: number
	/** The longest delay of the event loop since the sample before. */
	eventLoopDelayMs: number
}

export type Counted = {
	/** Requests to place an order, by outcome. */
	orders: Record<string, number>
	/** Transitions of orders, by the status that they led to. */
	transitions: Record<string, number>
	requests: number
	shed: number
}

export type BatchCounts = { batches: number; items: number; waits: number; waitS: number }

export type DurationCounts = {
	/** The upper bounds of the buckets in seconds, in ascending order. */
	bounds: number[]
	/** How many values each bucket has. The last one is above all bounds. */
	inBucket: number[]
}

export type BreakerState = 'closed' | 'half_open' | 'open'
