/** The client of a request has left: nobody waits for the answer. */
export class ClientLeftError extends Error {
	override name = 'ClientLeftError'
}

/** How long a request, a call or a statement may still take, and whether anyone is waiting for its answer. */
export type Budget = {
	/** When the time is over, on the clock of `performance.now()`. */
	deadline: number
	/** At most zero when the time is over. */
	remainingMs(): number
	/** Aborted when the caller has left. Absent where nobody can leave. */
	signal?: AbortSignal
}

/**
 * A budget of `budgetMs`.
 *
 * @param startedAt since when it counts, on the clock of `performance.now()`; now, unless given
 */
export function createBudget(
	budgetMs: number,
	{ startedAt = performance.now(), signal }: { startedAt?: number; signal?: AbortSignal } = {},
): Budget {
	const deadline = startedAt + budgetMs
	return { deadline, remainingMs: () => deadline - performance.now(), signal }
}
