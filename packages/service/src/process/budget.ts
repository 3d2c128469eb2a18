/** The client of the request has left: nobody is to be answered. */
export class ClientLeftError extends Error {
	override name = 'ClientLeftError'
}

/** How long a request may still take, and whether anyone is waiting for its answer. */
export type RequestBudget = {
	/** When the time is over, on the clock of `performance.now()`. */
	deadline: number
	/** At most zero when the time is over. */
	remainingMs(): number
	/** Aborted when the client has left. */
	signal: AbortSignal
}

/** A budget of `budgetMs` from `startedAt`, on the clock of `performance.now()`. */
export function createRequestBudget(startedAt: number, budgetMs: number, signal: AbortSignal): RequestBudget {
	const deadline = startedAt + budgetMs
	return { deadline, remainingMs: () => deadline - performance.now(), signal }
}
