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

/** The sources that were ever followed, by name, as the database has them. So processes with the same settings tell the same. */
export function listSources({ readStates, staleAfterS }: ListSourcesNeeds) {
	return async (budget: Budget): Promise<SourceList> => {
		const states = await readStates(budget)
		return { sources: states.map((state) => toView(state, staleAfterS)) }
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

function toView(state: SourceState, staleAfterS: ReadonlyMap<string, number>): SourceView {
	const { name, isOwned, seq, block, appliedSequence, storedAtMs } = state
	const configured = staleAfterS.has(name)
	const stale = isStale(state, staleAfterS)
	const lastTickAt = storedAtMs === null ? null : new Date(storedAtMs).toISOString()
	return { name, configured, followed: isOwned, stale, seq, block, appliedSequence, lastTickAt }
}
