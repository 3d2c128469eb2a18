export type ForgetChangesNeeds = {
	/**
	 * Deletes changes that were committed before the moment that was remembered, once that is so old. Resolves to whether there may
	 * be more of them.
	 */
	deleteChanges(keepMs: number, most: number): Promise<boolean>
	/** Remembers this moment, unless a younger one than `keepMs` is remembered. */
	rememberMoment(keepMs: number): Promise<void>
	vacuumChanges(): Promise<void>
}

const keptMs = 600_000
const mostAtOnce = 5_000

/**
 * Each call of the result deletes the changes that were committed at least ten minutes ago, and perhaps not those of the last
 * twenty. A change is as old as its commit, which is later than any time in its row. So the database remembers a moment for it.
 */
export function forgetChanges(
	{ deleteChanges, rememberMoment, vacuumChanges }: ForgetChangesNeeds,
	keepMs = keptMs,
): () => Promise<void> {
	return async () => {
		while (await deleteChanges(keepMs, mostAtOnce));
		await rememberMoment(keepMs)
		await vacuumChanges()
	}
}
