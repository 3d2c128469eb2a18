import type { JudgedTick } from '../blocks/judged-tick.ts'
import { createKnownBars, type KnownBars } from './known-bars.ts'
import { type BarPart, createOpenBars, type SkuBars } from './open-bars.ts'

export type BarFolderNeeds = {
	/** The last block whose ticks are in stored bars. */
	findFold(): Promise<number>
	/** Adds the bars of a part to the stored ones. Returns false when these do not have exactly the blocks before the part. */
	store(part: BarPart, keptSinceMs: number, known: KnownBars): Promise<boolean>
	/** The stored blocks after one, the oldest first. */
	readBlocks(after: number): AsyncIterable<{ block: number; ticks: readonly JudgedTick[] }>
	/** Bars that began before are not kept, in milliseconds since 1970. */
	keptSinceMs(): number
}

/** Keeps the bars of the latest ticks of a source in memory, and stores them from time to time. */
export type BarFolder = {
	/** Adds the ticks of the next block, which is stored. */
	add(block: number, ticks: readonly JudgedTick[]): void
	/** Stores the bars of all blocks that were added before. One call runs at a time, and others wait for it. */
	store(): Promise<void>
	/** The last block that was added. */
	last(): number
	/** How many bars are not stored. */
	size(): number
	/** Copies of the bars of a product that are not stored. */
	ofSku(sku: string): SkuBars[]
}

/** Begins with the blocks whose ticks are in no stored bars, as after a process that was killed. */
export async function openBarFolder({ findFold, store, readBlocks, keptSinceMs }: BarFolderNeeds): Promise<BarFolder> {
	let open = createOpenBars(await findFold())
	const known = createKnownBars()
	// Whether blocks are stored that were not added.
	let isBehind = true
	let running = Promise.resolve()

	async function catchUp(): Promise<void> {
		while (isBehind) {
			isBehind = false
			for await (const { block, ticks } of readBlocks(open.last())) open.add(block, ticks)
		}
	}

	async function storeAll(): Promise<void> {
		await catchUp()
		const last = open.last()
		while (open.storedUpto() < last) {
			const part = open.take()
			if (part === undefined) return
			if (await store(part, keptSinceMs(), known)) open.stored()
			else await findPlace(part)
		}
	}

	/** The answer of an attempt before was lost, or another process has stored bars of the source. */
	async function findPlace(part: BarPart): Promise<void> {
		const fold = await findFold()
		if (fold === part.upto) {
			open.stored()
			return
		}
		open = createOpenBars(fold)
		isBehind = true
		await catchUp()
	}

	await catchUp()
	return {
		add(block, ticks) {
			if (!open.add(block, ticks)) isBehind = true
		},
		store() {
			const turn = running.then(storeAll)
			running = turn.catch(() => {})
			return turn
		},
		last: () => open.last(),
		size: () => open.size(),
		ofSku: (sku) => open.ofSku(sku),
	}
}
