import { createAlarm } from '@mercat/service/alarm'
import { isInBars } from '../../checking/verdict.ts'
import type { JudgedTick } from '../../folding/blocks/judged-tick.ts'
import type { SourceBlocks } from '../../sources/source-blocks.ts'
import { addTick, type LiveBars } from './live-bars.ts'

export type Block = { block: number; ticks: readonly JudgedTick[] }

/** Bars that were read from the database, and the last block of each source whose ticks they have. */
export type ReadGroup = { upto: Map<string, number>; lives: ReadonlyMap<string, LiveBars> }

export type FollowBlocksNeeds = {
	readSourceBlocks(): Promise<SourceBlocks>
	/** The stored blocks of a source after one, the oldest first. */
	readBlocks(source: string, after: number): AsyncIterable<Block>
	/** The next block of a source is known. */
	add(ticks: readonly JudgedTick[]): void
	/** Reads bars that are to be read; undefined when none are. */
	readNext(): Promise<ReadGroup | undefined>
	/** A group has the ticks of all blocks that were added. */
	isUpToDate(group: ReadGroup): void
	/** All blocks that were stored until a time, by the clock of the database, were added. */
	addedUntil(atMs: number): void
	/** The database was put back, or does not have all blocks any more. */
	lose(): void
	log: { warn(facts: object, message: string): void }
}

/** The blocks of all sources, each added once and in its order. */
export type FollowedBlocks = Disposable & {
	/** This process has stored a block. */
	fold(source: string, block: Block): void
	/** There are bars to be read. */
	wake(): void
}

// Before the blocks are followed on.
const mostReads = 10

/** How often the blocks of all sources are looked for, and how often while bars are being read. */
export type FollowTimes = { pollMs: number; pauseMs: number }

/**
 * Follows the blocks of all sources from now on. Those of a source that another process follows are read from the database. What is
 * read meanwhile goes on from the blocks that it has.
 */
export function followBlocks(needs: FollowBlocksNeeds, { pollMs, pauseMs }: FollowTimes): FollowedBlocks {
	const added = new Map<string, number>()
	const groups = new Set<ReadGroup>()
	const alarm = createAlarm()
	let isBegun = false
	let isStopped = false
	let failures = 0

	function fold(source: string, { block, ticks }: Block): void {
		const last = added.get(source)
		if (last === undefined) return
		for (const { upto, lives } of groups) {
			if (block !== (upto.get(source) ?? 0) + 1) continue
			for (const tick of ticks) addTo(lives, tick)
			upto.set(source, block)
		}
		if (block === last + 1) {
			needs.add(ticks)
			added.set(source, block)
		} else if (block > last) alarm.ring()
	}

	/** Returns false when blocks are lost. */
	async function readOn(source: string, block: number): Promise<boolean> {
		const reached = () => Math.min(added.get(source) as number, ...[...groups].map(({ upto }) => upto.get(source) ?? 0))
		if (reached() >= block) return true
		for await (const next of needs.readBlocks(source, reached())) {
			if (isStopped) return true
			fold(source, next)
			if (next.block >= block) break
		}
		return reached() >= block
	}

	async function catchUp(): Promise<void> {
		// Blocks that are added meanwhile may be missing in the answer.
		const before = new Map(added)
		const { atMs, blocks } = await needs.readSourceBlocks()
		for (const { source, block } of blocks) {
			if (isStopped) return
			if (!added.has(source)) added.set(source, isBegun ? 0 : block)
			if ((before.get(source) ?? 0) > block || !(await readOn(source, block))) return lose()
		}
		isBegun = true
		for (const group of groups) {
			if (![...added].every(([source, block]) => (group.upto.get(source) ?? 0) === block)) continue
			groups.delete(group)
			needs.isUpToDate(group)
		}
		if (groups.size === 0) needs.addedUntil(atMs)
		for (let reads = 0; reads < mostReads && !isStopped; reads++) {
			const group = await needs.readNext()
			if (group === undefined) return
			groups.add(group)
		}
	}

	function lose(): void {
		added.clear()
		groups.clear()
		isBegun = false
		needs.lose()
	}

	async function run(): Promise<void> {
		while (!isStopped) {
			try {
				await catchUp()
				failures = 0
			} catch (err) {
				if (failures++ === 0 && !isStopped) needs.log.warn({ err }, 'the prices of streams are read again')
			}
			if (!isStopped) await alarm.wait(groups.size > 0 && failures === 0 ? pauseMs : pollMs)
		}
	}

	void run()
	return {
		fold,
		wake: alarm.ring,
		[Symbol.dispose]() {
			isStopped = true
			alarm.ring()
		},
	}
}

/** Adds a tick to the bars of its product, if they are there and the tick counts. */
function addTo(lives: ReadonlyMap<string, LiveBars>, tick: JudgedTick): void {
	if (!isInBars(tick.verdict)) return
	const live = lives.get(tick.sku)
	if (live !== undefined) addTick(live, tick)
}
