import { setTimeout as sleep } from 'node:timers/promises'
import type { ScannedPart, StockScan } from './stock-scan.ts'

export type ScanStockNeeds = {
	/**
	 * Claims the next round; undefined while another process has it, or while none is due.
	 *
	 * @param since the snapshot since which this process follows
	 * @param dueMs how long ago the last round must have begun
	 * @param forgottenMs when the last round began so long ago, earlier changes than `since` are not looked for
	 */
	claim(since: string, dueMs: number, forgottenMs: number): Promise<StockScan | undefined>
	/** Looks at some pages, and renews the lease; undefined when another process has it. */
	scanPart(scan: StockScan, firstPage: number, pages: number): Promise<ScannedPart | undefined>
	finish(scan: StockScan): Promise<void>
	/** Gives an unfinished round to another process. */
	release(scan: StockScan): Promise<void>
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
	/** Without a round for so long, nobody has watched. */
	forgottenMs?: number
}

const pagesInPart = 64
// With the part that it follows: 3 % of the time.
const restOfPart = 32

/**
 * Each call of the result looks through the stock if that is due, and tells which products were written since the last round. By
 * this, changes are found that nobody has told: a process was killed, or it is of a version before. One process at a time does it,
 * and only one that follows the changes.
 */
export function scanStock(
	{ claim, scanPart, finish, release, followedSince, writeChanges }: ScanStockNeeds,
	{ signal, dueMs = 45_000, roundMs = 10_000, forgottenMs = 300_000 }: ScanStockOptions,
): () => Promise<void> {
	async function rest(ms: number): Promise<void> {
		await sleep(ms, undefined, { signal }).catch(() => {})
	}

	return async () => {
		const since = followedSince()
		if (since === undefined) return
		const scan = await claim(since, dueMs, forgottenMs)
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
