import { setTimeout as sleep } from 'node:timers/promises'
import type { StockScanStore } from './stock-scan-store.ts'

export type ScanStockNeeds = StockScanStore & {
	/** The snapshot since which this process follows. Undefined while it does not. */
	followedSince(): string | undefined
	/** Tells all processes that the quantities of these products may have changed. */
	writeChanges(skus: readonly string[]): Promise<void>
}

export type ScanStockOptions = {
	/** Ends a round that is under way. */
	signal: AbortSignal
	/** The time from the beginning of a round to the beginning of the next one. */
	dueMs?: number
	/** The time that a round should take at most. */
	roundMs?: number
}

const pagesInPart = 64
// With the part that it follows: 3 % of the time.
const restOfPart = 32
// Without a round for so long, nobody has watched.
const forgottenRounds = 7

/**
 * Each call of the result looks through the stock if that is due, and tells which products were written since the last round. By
 * this, changes are found that nobody has told: a process was killed, or it is of a version before. One process at a time does it,
 * and only one that follows the changes.
 */
export function scanStock(
	{ claim, scanPart, finish, release, followedSince, writeChanges }: ScanStockNeeds,
	{ signal, dueMs = 45_000, roundMs = 10_000 }: ScanStockOptions,
): () => Promise<void> {
	async function rest(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal }).catch(() => {})
	}

	return async () => {
		const since = followedSince()
		if (since === undefined) return
		const scan = await claim(since, dueMs, forgottenRounds * dueMs)
		if (scan === undefined) return
		try {
			let pages = 1
			for (let page = 0; page < pages; page += pagesInPart) {
				const begunAt = performance.now()
				const part = await scanPart(scan, page, pagesInPart)
				// The process has slept, and another one goes on.
				if (part === undefined) return
				scan.leasedUntil = part.leasedUntil
				pages = part.pages
				if (part.skus.length > 0) await writeChanges(part.skus)
				if (signal.aborted) return await release(scan)
				const longestRestMs = (roundMs * pagesInPart) / pages
				if (page + pagesInPart < pages) {
					await rest(Math.min(restOfPart * (performance.now() - begunAt), longestRestMs))
				}
			}
			await finish(scan)
		} catch (error) {
			await release(scan).catch(() => {})
			throw error
		}
	}
}
