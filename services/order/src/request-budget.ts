/** How long a request may still take, and whether anyone is waiting for its answer. */
export type RequestBudget = {
	/** At most zero when the time is over. */
	remainingMs(): number
	/** Aborted when the client has left. */
	signal: AbortSignal
}

/** A budget of `budgetMs` from `startedAt`, on the clock of `performance.now()`. */
export function createRequestBudget(startedAt: number, budgetMs: number, signal: AbortSignal): RequestBudget {
	return { remainingMs: () => startedAt + budgetMs - performance.now(), signal }
}
