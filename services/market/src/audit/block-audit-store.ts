import type { Database } from '@mercat/database/database'
import { budgetForEach } from '@mercat/service/budget'
import { createStoredBlockStore } from '../folding/blocks/stored-block-store.ts'
import { decodeTicks } from '../folding/blocks/tick-codec.ts'
import type { ReadAuditedBlocks } from './audited-block.ts'

const patience = budgetForEach(60_000)

export type BlockAuditStore = { readBlocks: ReadAuditedBlocks }

export function createBlockAuditStore(database: Database): BlockAuditStore {
	const { readAfter } = createStoredBlockStore(database.within(patience))
	return {
		async *readBlocks(span) {
			for await (const page of readAfter(span)) {
				for (const { begunAtMs, ticks } of page) yield { begunAtMs, ticks: decodeTicks(ticks) }
			}
		},
	}
}
