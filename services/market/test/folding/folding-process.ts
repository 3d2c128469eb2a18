import { randomUUID } from 'node:crypto'
import type { Database } from '@mercat/database/database'
import { accepted, type Verdict } from '../../src/checking/verdict.ts'
import { type BarFolder, openBarFolder } from '../../src/folding/bars/bar-folder.ts'
import { createBarReadStore } from '../../src/folding/bars/bar-read-store.ts'
import { createBarStore } from '../../src/folding/bars/bar-store.ts'
import { createReadBars } from '../../src/folding/bars/read-bars.ts'
import { judgeMessage } from '../../src/folding/blocks/judged-tick.ts'
import { createTickBlockStore } from '../../src/folding/blocks/tick-block-store.ts'
import type { Tick } from '../../src/ticks/tick.ts'

/** The source that the database of a test has. */
export const metals = 'metals'

export type Message = { seq: number; ticks: Tick[] }

/** The bars of the source that are not stored. */
export function openBars(database: Database, source = metals): Promise<BarFolder> {
	const store = createBarStore(database)
	return openBarFolder({
		findFold: () => store.findFold(source),
		store: (...part) => store.store(source, ...part),
		readBlocks: (after) => createTickBlockStore(database).readAfter(source, after),
		keptSinceMs: () => 0,
	})
}

export type FoldingProcess = Awaited<ReturnType<typeof startFolding>>

/** A process that has just taken the source. It judges every tick as `judge` says, and accepts all unless given. */
export async function startFolding(
	database: Database,
	judge: (tick: Tick) => Verdict = () => accepted,
	source = metals,
) {
	const owner = randomUUID()
	const [row] = await database.query<{ block: number; foldedSeq: number | null }>(
		'update source set owner = $2 where name = $1 returning block, folded_seq as "foldedSeq"',
		[source, owner],
	)
	let { block, foldedSeq } = row!
	const blocks = createTickBlockStore(database)
	const bars = await openBars(database, source)
	const readBars = createReadBars({
		...createBarReadStore(database),
		openBars: (sku) => bars.ofSku(sku).map((part) => ({ ...part, source })),
	})
	return {
		owner,
		blocks,
		bars,
		readBars,
		/** The last message that is folded. */
		foldedSeq: () => foldedSeq ?? 0,
		/** Stores messages as the next block, and tells the bars of them. Returns whether they were stored. */
		async fold(messages: Message[], nowMs: number, { repeated = false, untold = false } = {}): Promise<boolean> {
			const last = messages.at(-1)!
			const ticks = messages.flatMap(({ seq, ticks }) =>
				judgeMessage({ seq, isSnapshot: false, ticks, bad: [], cameAt: 0 }, judge),
			)
			const next = { source, owner, block: block + 1, foldedSeq: last.seq, begunAtMs: nowMs, ticks }
			if (repeated) await blocks.append(next)
			if (!(await blocks.append(next))) return false
			block++
			foldedSeq = last.seq
			if (!untold) bars.add(block, ticks)
			return true
		},
	}
}
