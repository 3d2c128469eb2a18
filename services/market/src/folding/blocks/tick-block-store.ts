import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { sourceLease } from '../../sources/source-lease.ts'
import type { JudgedTick } from './judged-tick.ts'
import { decodeTicks, encodeTicks } from './tick-codec.ts'

/** The ticks of one transaction. */
export type TickBlock = { block: number; ticks: JudgedTick[] }

export type NewBlock = TickBlock & {
	source: string
	/** The process that follows the source. */
	owner: string
	/** The number of the last message. Its effects and those of all messages before it are stored with the block. */
	foldedSeq: number
	/** When the block was folded, in milliseconds since 1970. */
	begunAtMs: number
}

// One statement, so that the row of the source is locked for the shortest time.
const appendBlock: Statement = {
	name: 'append-tick-block',
	text: `
		with followed as (
			update source
			set folded_seq = $5, block = block + 1, stored_at = clock_timestamp(), owned_until = clock_timestamp() + ${sourceLease}
			where name = $1 and block = $2::bigint - 1 and owner = $3::uuid
			returning name
		)
		insert into tick_block (source, block, first_seq, last_seq, begun_at, tick_count, ticks)
		select name, $2, $4::bigint, $5, to_timestamp($6::float8 / 1000), $7::integer, $8::bytea from followed
		returning block`,
}

const isAppended: Statement = {
	name: 'is-tick-block-appended',
	text: 'select from source where name = $1 and block = $2 and owner = $3::uuid',
}

const readAfter: Statement = {
	name: 'read-tick-blocks-after',
	text: 'select block, ticks from tick_block where source = $1 and block > $2 order by block limit $3',
}

const readBefore: Statement = {
	name: 'read-tick-blocks-before',
	text: `
		select block, ticks, tick_count as "tickCount"
		from tick_block where source = $1 and block < $2 order by block desc limit $3`,
}

type BlockRow = { block: number; ticks: Uint8Array }

const toBlock = ({ block, ticks }: BlockRow): TickBlock => ({ block, ticks: decodeTicks(ticks) })

const blocksOfPage = 32

export type TickBlockStore = ReturnType<typeof createTickBlockStore>

export function createTickBlockStore(database: Pick<Database, 'query'>) {
	return {
		/**
		 * Stores a block and the place up to which the source is folded. After a failure the same call may be repeated: it stores the
		 * block once.
		 *
		 * @returns false when another process follows the source, or has stored a block with this number
		 */
		async append({ source, block, owner, foldedSeq, begunAtMs, ticks }: NewBlock): Promise<boolean> {
			const firstSeq = ticks[0]?.seq ?? foldedSeq
			const values = [source, block, owner, firstSeq, foldedSeq, begunAtMs, ticks.length, encodeTicks(ticks)]
			const appended = await database.query(appendBlock, values)
			if (appended.length > 0) return true
			// An attempt before may have been committed without an answer.
			return (await database.query(isAppended, [source, block, owner])).length > 0
		},

		/** All blocks of a source after one, the oldest first. */
		async *readAfter(source: string, after: number): AsyncGenerator<TickBlock> {
			let last = after
			for (;;) {
				const rows = await database.query<BlockRow>(readAfter, [source, last, blocksOfPage])
				for (const row of rows) yield toBlock(row)
				if (rows.length < blocksOfPage) return
				last = (rows.at(-1) as BlockRow).block
			}
		},

		/** The latest blocks of a source, the oldest first. They have so many ticks at least, or are all that are left. */
		async *readLatest(source: string, leastTicks: number): AsyncGenerator<TickBlock> {
			const latest: BlockRow[] = []
			let before = Number.MAX_SAFE_INTEGER
			for (let ticks = 0; ticks < leastTicks; ) {
				const rows = await database.query<BlockRow & { tickCount: number }>(readBefore, [source, before, blocksOfPage])
				for (const { tickCount } of rows) ticks += tickCount
				latest.push(...rows)
				if (rows.length < blocksOfPage) break
				before = (rows.at(-1) as BlockRow).block
			}
			// The ticks take much less memory in their stored form.
			for (const row of latest.reverse()) yield toBlock(row)
		},
	}
}
