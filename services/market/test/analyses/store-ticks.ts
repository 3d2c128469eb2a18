import type { Database } from '@mercat/database/database'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { encodeTicks } from '../../src/folding/blocks/tick-codec.ts'

export const source = 'metals'

const insertBlock = {
	name: 'insert-tick-block',
	text: `
		insert into tick_block (source, block, first_seq, last_seq, begun_at, tick_count, ticks)
		values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), $6, $7)`,
}

/** Stores ticks as a block, which is folded when its last tick comes. */
export async function storeBlock(database: Database, block: number, ticks: JudgedTick[]): Promise<void> {
	const [first, last] = [ticks.at(0) as JudgedTick, ticks.at(-1) as JudgedTick]
	const values = [source, block, first.seq, last.seq, last.atMs, ticks.length, encodeTicks(ticks)]
	await database.query(insertBlock, values)
}
