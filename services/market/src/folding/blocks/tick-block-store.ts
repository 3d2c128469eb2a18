import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import { sourceLease } from '../../sources/source-lease.ts'
import type { JudgedTick } from './judged-tick.ts'
import { createStoredBlockStore, type StoredBlock } from './stored-block-store.ts'
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
	trace?: TraceContext
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

const appendMs = 2_000

export function createTickBlockStore(database: Pick<Database, 'query' | 'within'>) {
	const stored = createStoredBlockStore(database)
	return {
		/**
		 * Stores a block and the place up to which the source is folded. After a failure the same call may be repeated: it stores the
		 * block once.
		 *
		 * @returns false when another process follows the source, or has stored a block with this number
		 */
		async append({ source, block, owner, foldedSeq, begunAtMs, ticks, trace }: NewBlock): Promise<boolean> {
			const firstSeq = ticks[0]?.seq ?? foldedSeq
			const values = [source, block, owner, firstSeq, foldedSeq, begunAtMs, ticks.length, encodeTicks(ticks)]
			const queryable = database.within(budgetForEach(appendMs, trace))
			const appended = await queryable.query(appendBlock, values)
			if (appended.length > 0) return true
			// An attempt before may have been committed without an answer.
			return (await queryable.query(isAppended, [source, block, owner])).length > 0
		},

		/** All blocks of a source after one, the oldest first. */
		async *readAfter(source: string, after: number): AsyncGenerator<TickBlock> {
			for await (const page of stored.readAfter({ source, after })) yield* unpack(page)
		},

		/** The latest blocks of a source, the oldest first. They have so many ticks at least, or are all that are left. */
		async *readLatest(source: string, leastTicks: number): AsyncGenerator<TickBlock> {
			// The ticks take much less memory in their stored form.
			const latest: StoredBlock[] = []
			let ticks = 0
			for await (const page of stored.readBackwards(source)) {
				latest.push(...page)
				for (const { tickCount } of page) ticks += tickCount
				if (ticks >= leastTicks) break
			}
			yield* unpack(latest.reverse())
		},
	}
}

/** Unpacks each block in a turn of the event loop of its own, with what the reader does with it. */
async function* unpack(blocks: readonly StoredBlock[]): AsyncGenerator<TickBlock> {
	for (const { block, ticks } of blocks) {
		await nextTurn()
		yield { block, ticks: decodeTicks(ticks) }
	}
}
