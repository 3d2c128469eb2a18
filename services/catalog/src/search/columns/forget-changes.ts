import type { Moment } from './column-changes.ts'

export type ForgetChangesNeeds = {
	readMoment(): Promise<Pick<Moment, 'snapshot'>>
	/** Deletes changes that were committed before a snapshot. Resolves to whether there may be more of them. */
	deleteChanges(before: string, most: number): Promise<boolean>
	vacuumChanges(): Promise<void>
}

const keptMs = 600_000
const mostAtOnce = 5_000

/**
 * Each call of the result deletes the changes that were committed at least ten minutes ago. It remembers the snapshots of its
 * calls for that: a change is as old as its commit, which is later than any time in its row.
 */
export function forgetChanges(
	{ readMoment, deleteChanges, vacuumChanges }: ForgetChangesNeeds,
	keepMs = keptMs,
): () => Promise<void> {
	const seen: { snapshot: string; at: number }[] = []
	return async () => {
		const { snapshot } = await readMoment()
		seen.push({ snapshot, at: performance.now() })
		const latestOld = seen.findLastIndex(({ at }) => at <= performance.now() - keepMs)
		const [old] = seen.splice(0, latestOld + 1).slice(-1)
		if (old === undefined) return
		while (await deleteChanges(old.snapshot, mostAtOnce));
		await vacuumChanges()
	}
}
