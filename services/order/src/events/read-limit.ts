/** Runs a read as soon as fewer than the most reads are under way. Reads wait in the order in which they came. */
export type ReadLimit = <T>(read: () => Promise<T>) => Promise<T>

/** Limits the reads that are under way at the same time to `most`. */
export function createReadLimit(most: number): ReadLimit {
	const waiting: (() => void)[] = []
	let free = most

	return async (read) => {
		if (free > 0) free--
		else await new Promise<void>((begin) => waiting.push(begin))
		try {
			return await read()
		} finally {
			const next = waiting.shift()
			if (next === undefined) free++
			else next()
		}
	}
}
