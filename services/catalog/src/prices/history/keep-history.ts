export type KeepHistoryNeeds = {
	/** Puts the next prices that have ended into the bars of their days. Returns whether more prices wait. */
	foldChunk(): Promise<boolean>
	/** Decides which prices are only in bars from now on. */
	forgetPrices(): Promise<unknown>
	/** Deletes the oldest of the prices that are only in bars. Returns whether more prices wait. */
	pruneChunk(): Promise<boolean>
}

// Of each run, so that the rest of the time is for requests, and a shutdown does not wait for it.
const longestRunMs = 1_000

/** Puts prices that have ended into bars of days, and deletes those that ended more than 40 days ago. */
export function keepHistory({ foldChunk, forgetPrices, pruneChunk }: KeepHistoryNeeds) {
	return async (): Promise<void> => {
		const endsAt = performance.now() + longestRunMs
		const isTimeLeft = () => performance.now() < endsAt
		while ((await foldChunk()) && isTimeLeft());
		await forgetPrices()
		while ((await pruneChunk()) && isTimeLeft());
	}
}
