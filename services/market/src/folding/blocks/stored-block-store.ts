import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import { blocksOfNextPage } from './page-of-blocks.ts'

/** A block as it is stored. */
export type StoredBlock = {
	block: number
	/** When it was folded, in milliseconds since 1970. */
	begunAtMs: number
	tickCount: number
	/** The ticks, packed. */
	ticks: Uint8Array
}

const columns = 'block, (extract(epoch from begun_at) * 1000)::float8 as "begunAtMs", tick_count as "tickCount", ticks'

const readAfter: Statement = {
	name: 'read-tick-blocks-after',
	text: `
		select ${columns} from tick_block where source = $1 and block > $2 and block <= $3 order by block limit $4`,
}

const readBefore: Statement = {
	name: 'read-tick-blocks-before',
	text: `select ${columns} from tick_block where source = $1 and block < $2 order by block desc limit $3`,
}

/** Blocks of a source: those after one, up to another one. */
export type BlockSpan = { source: string; after: number; upto?: number }

/** Reads blocks as they are stored, in pages that hold up the event loop for a short time. */
export function createStoredBlockStore(database: Pick<Database, 'query'>) {
	return {
		/** The blocks of a span, the oldest first. No page is empty. */
		async *readAfter({ source, after, upto = Number.MAX_SAFE_INTEGER }: BlockSpan): AsyncGenerator<StoredBlock[]> {
			let last = after
			let most = blocksOfNextPage([])
			for (;;) {
				const page = await database.query<StoredBlock>(readAfter, [source, last, upto, most])
				if (page.length > 0) yield page
				if (page.length < most) return
				last = (page.at(-1) as StoredBlock).block
				most = blocksOfNextPage(page)
			}
		},

		/** All blocks of a source, the newest first. No page is empty. */
		async *readBackwards(source: string): AsyncGenerator<StoredBlock[]> {
			let before = Number.MAX_SAFE_INTEGER
			let most = blocksOfNextPage([])
			for (;;) {
				const page = await database.query<StoredBlock>(readBefore, [source, before, most])
				if (page.length > 0) yield page
				if (page.length < most) return
				before = (page.at(-1) as StoredBlock).block
				most = blocksOfNextPage(page)
			}
		},
	}
}
