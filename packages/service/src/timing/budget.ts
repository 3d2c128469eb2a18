import type { TraceContext } from '../telemetry/tracing.ts'

/** The client of a request has disconnected and does not wait for the answer. */
export class ClientLeftError extends Error {
	override name = 'ClientLeftError'
}

/**
 * The time that is left for a request, a call or a statement, a signal for the end of its caller's interest, and the trace
 * that the work belongs to.
 */
export type Budget = {
	/** The end of the time, on the clock of `performance.now()`. */
	deadline: number
	/** The time that is left. It is zero or negative when the time is over. */
	remainingMs(): number
	/** Aborted when the caller has disconnected. Missing for callers that cannot disconnect. */
	signal?: AbortSignal
	/** Missing for work that belongs to no trace. */
	trace?: TraceContext
}

/**
 * Creates a budget of `budgetMs`.
 *
 * @param startedAt the start of the time, on the clock of `performance.now()`; now, unless given
 */
export function createBudget(
	budgetMs: number,
	{
		startedAt = performance.now(),
		signal,
		trace,
	}: { startedAt?: number; signal?: AbortSignal; trace?: TraceContext } = {},
): Budget {
	const deadline = startedAt + budgetMs
	return { deadline, remainingMs: () => deadline - performance.now(), signal, trace }
}

/** A budget that is never used up: each statement gets `ms`, however long the ones before it took. */
export function budgetForEach(ms: number, trace?: TraceContext): Budget {
	return { deadline: Number.POSITIVE_INFINITY, remainingMs: () => ms, trace }
}
