import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import { decodeTicks } from '../folding/blocks/tick-codec.ts'
import type { ReadAuditedBlocks } from './audited-block.ts'

type BlockRow = { block: number; begunAtMs: number; ticks: Uint8Array }

const blocksOfPage = 32
const patience = budgetForEach(60_000)

const readPage: Statement = {
	name: 'audit-tick-blocks',
	text: `
		select block, (extract(epoch from begun_at) * 1000)::float8 as "begunAtMs", ticks
		from tick_block where source = $1 and block > $2 order by block limit $3`,
}

export type BlockAuditStore = { readBlocks: ReadAuditedBlocks }

export function createBlockAuditStore(database: Database): BlockAuditStore {
	const { query } = database.within(patience)
	return {
		async *readBlocks(source, after) {
			let last = after
			for (;;) {
				const rows = await query<BlockRow>(readPage, [source, last, blocksOfPage])
				for (const { ticks, ...row } of rows) yield { ...row, ticks: decodeTicks(ticks) }
				if (rows.length < blocksOfPage) return
				last = (rows.at(-1) as BlockRow).block
			}
		},
	}
}
