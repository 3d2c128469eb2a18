import { setTimeout as sleep } from 'node:timers/promises'

/** Runs a read when its turn comes. Reads wait in the order in which they came. */
export type ReadLimit = <T>(read: () => Promise<T>) => Promise<T>

export type ReadLimitOptions = {
	/** The most reads that are under way at the same time. */
	most: number
	/** Whether each read is followed by a pause as long as the read, so that half of the time is left to others. */
	rests?: boolean
}

export function createReadLimit({ most, rests = false }: ReadLimitOptions): ReadLimit {
	const waiting: (() => void)[] = []
	let free = most

	function goOn(): void {
		const next = waiting.shift()
		if (next === undefined) free++
		else next()
	}

	return async (read) => {
		if (free > 0) free--
		else await new Promise<void>((begin) => waiting.push(begin))
		const begunAt = performance.now()
		try {
			return await read()
		} finally {
			if (rests) sleep(performance.now() - begunAt, undefined, { ref: false }).then(goOn)
			else goOn()
		}
	}
}
