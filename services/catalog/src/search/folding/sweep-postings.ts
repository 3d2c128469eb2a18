import {
	type CompactedToken,
	type CompactTokensNeeds,
	eachReadable,
	type ListedRow,
	mergeRows,
	type ReadRow,
} from './compact-tokens.ts'

/** The row of postings that a sweep has reached. */
export type SweepPlace = { token: string; firstDoc: number }

export type SweepPostingsNeeds = Pick<CompactTokensNeeds, 'readRows' | 'knowDocs' | 'onDamage'> & {
	/**
	 * Counts the docs that have died, and begins a sweep when one is due.
	 *
	 * @returns undefined when no sweep is under way, or another process takes this step; else the place of the sweep, and how many docs
	 * have died
	 */
	takeStep(options: SweepTimes): Promise<(SweepPlace & { dead: number }) | undefined>
	/** The next rows in the order of their tokens and first docs. */
	listNextRows(after: SweepPlace, most: number): Promise<ListedRow[]>
	/** Replaces rows and moves the sweep, in one transaction. Does nothing when another process writes, or has moved it. */
	moveSweep(from: SweepPlace, to: SweepPlace, tokens: readonly CompactedToken[]): Promise<boolean>
	endSweep(from: SweepPlace): Promise<void>
}

export type SweepTimes = {
	/** A sweep begins so long after a doc has died: until then, a search may need it. */
	settleMs?: number
	/** While docs go on dying, sweeps begin at least so long after each other. */
	betweenMs?: number
	/** All processes together take a step in this time. */
	stepMs?: number
}

// A step costs a few milliseconds for each doc that has died, at most about twenty.
const fewestRows = 50
const mostRows = 1_000
const bytesAtOnce = 2 ** 20
/** A row of this size or more is written again when a tenth of its docs are dead. A shorter one is when any is. */
const longBytes = 1_024
const deadOfLongRow = 0.1

/**
 * One step of the sweep. It leaves the docs that nobody needs out of the next postings, and deletes rows and words that have no doc any
 * more. Words that stand only in texts of the past would otherwise stay for ever, because no fold touches them again.
 *
 * @returns whether there may be more to do
 */
export async function sweepPostings(needs: SweepPostingsNeeds, times: SweepTimes = {}): Promise<boolean> {
	const step = await needs.takeStep(times)
	if (step === undefined) return false
	const rows = withinBytes(await needs.listNextRows(step, Math.min(Math.max(step.dead, fewestRows), mostRows)))
	const last = rows.at(-1)
	if (last === undefined) {
		await needs.endSweep(step)
		// Docs that have died meanwhile may need another sweep.
		return true
	}
	const read = await needs.readRows(rows)
	// Asked after the rows were read, so that it knows their docs.
	const keepsDoc = await needs.knowDocs?.()
	if (keepsDoc === undefined) return false
	const dirty: ReadRow[] = []
	await eachReadable(read, needs.onDamage, (row, { docs }) => {
		if (isDirty(row, docs, keepsDoc)) dirty.push(row)
	})
	return needs.moveSweep(step, last, await mergeRows(dirty, keepsDoc))
}

function withinBytes(rows: readonly ListedRow[]): ListedRow[] {
	let sum = 0
	const end = rows.findIndex(({ size }, index) => {
		sum += size
		return index > 0 && sum > bytesAtOnce
	})
	return end === -1 ? [...rows] : rows.slice(0, end)
}

function isDirty({ size }: ReadRow, docs: Uint32Array, keepsDoc: (doc: number) => boolean): boolean {
	let dead = 0
	for (const doc of docs) if (!keepsDoc(doc)) dead++
	return dead > (size < longBytes || dead === docs.length ? 0 : docs.length * deadOfLongRow)
}
