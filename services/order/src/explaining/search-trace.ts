import { type Budget, createBudget } from '@mercat/service/budget'
import type { SearchFact } from './facts.ts'

/** A part of the newest changes of orders, searched for a trace. */
export type SearchedPart = {
	/** The orders that a request of the trace has placed or changed. */
	orderIds: string[]
	/** How many changes of the log were looked at. */
	looked: number
	/** The position of the earliest of these. Null when there was none. */
	position: number | null
	/** When it got its position. */
	since: Date | null
}

export type SearchTraceNeeds = {
	/**
	 * Looks at the newest `count` changes before a position, or at the end of the log and at the changes that have no position
	 * yet.
	 */
	searchTransitions(traceId: string, before: number | undefined, count: number, budget: Budget): Promise<SearchedPart>
}

export type FoundTrace = { orderIds: string[]; search: SearchFact }

const atOnce = 10_000
const mostLooked = 100_000
// The rest of the time is for the other facts.
const budgetShare = 0.5

/**
 * Finds the orders that a request of a trace has placed or changed. No index finds them, so it looks at the newest changes of
 * orders, until it finds some, has looked at many, or half of the time is over.
 */
export async function searchTrace(
	{ searchTransitions }: SearchTraceNeeds,
	traceId: string,
	budget: Budget,
): Promise<FoundTrace> {
	const limited = createBudget(budget.remainingMs() * budgetShare, { signal: budget.signal, trace: budget.trace })
	let since: Date | null = null
	let before: number | undefined
	let slowestMs = 0
	for (let looked = 0; looked < mostLooked; looked += atOnce) {
		const startedAt = performance.now()
		const part = await searchTransitions(traceId, before, atOnce, budget)
		since = part.since ?? since
		const isWhole = part.looked < atOnce
		if (part.orderIds.length > 0 || isWhole || part.position === null) return found(part.orderIds, since, isWhole)
		before = part.position
		slowestMs = Math.max(slowestMs, performance.now() - startedAt)
		if (limited.remainingMs() < slowestMs) break
	}
	return found([], since, false)
}

function found(orderIds: string[], since: Date | null, isWhole: boolean): FoundTrace {
	return { orderIds, search: { since: since?.toISOString() ?? null, isWhole } }
}
