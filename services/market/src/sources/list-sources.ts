import type { SourceList, SourceView } from '@mercat/market-api/source-schemas'
import type { Budget } from '@mercat/service/budget'

/** What the database has of a source. */
export type SourceState = {
	name: string
	/** Whether a process has it. */
	isOwned: boolean
	/** All messages up to this one are stored. Null before the first one. */
	seq: number | null
	block: number
	appliedSequence: number
	/** When the last message was stored, in milliseconds since 1970, and how many seconds ago. Null before the first one. */
	storedAtMs: number | null
	silentS: number | null
}

export type ListSourcesNeeds = {
	readStates(budget: Budget): Promise<SourceState[]>
	/** How long each source of the settings may be silent. */
	staleAfterS: ReadonlyMap<string, number>
}

/** The sources that were ever followed, by name, as the database has them. So each process tells the same. */
export function listSources({ readStates, staleAfterS }: ListSourcesNeeds) {
	return async (budget: Budget): Promise<SourceList> => {
		const states = await readStates(budget)
		return { sources: states.map((state) => toView(state, isStale(state, staleAfterS))) }
	}
}

/** Whether nothing has come from a source for too long. One that is in the settings no more is always stale. */
export function isStale(
	{ name, silentS }: Pick<SourceState, 'name' | 'silentS'>,
	staleAfterS: ReadonlyMap<string, number>,
): boolean {
	const longest = staleAfterS.get(name)
	return longest === undefined || silentS === null || silentS > longest
}

function toView({ name, isOwned, storedAtMs, ...state }: SourceState, stale: boolean): SourceView {
	const { seq, block, appliedSequence } = state
	const lastTickAt = storedAtMs === null ? null : new Date(storedAtMs).toISOString()
	return { name, followed: isOwned, stale, seq, block, appliedSequence, lastTickAt }
}
