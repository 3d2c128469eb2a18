// The embedded database reads a page on the thread of the event loop.
const ticksOfPage = 4_000
const mostBlocks = 256

/** How many blocks to read, given the page before: about as many as have 4,000 ticks. A block may have any number of ticks. */
export function blocksOfNextPage(page: readonly { tickCount: number }[]): number {
	if (page.length === 0) return 4
	const ticks = page.reduce((sum, { tickCount }) => sum + tickCount, 0)
	const fitting = Math.floor((ticksOfPage * page.length) / Math.max(1, ticks))
	// Blocks of many ticks may follow blocks of few.
	return Math.max(1, Math.min(fitting, 2 * page.length, mostBlocks))
}
