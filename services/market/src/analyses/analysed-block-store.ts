import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'

const endOfSpan = (order: 'asc' | 'desc') => `
	select block from tick_block
	where source = $1 and begun_at >= to_timestamp($2::float8 / 1000) and begun_at < to_timestamp($3::float8 / 1000)
	order by block ${order} limit 1`

const findSpan: Statement = {
	name: 'find-blocks-of-span',
	text: `select (${endOfSpan('asc')}) as first, (${endOfSpan('desc')}) as last`,
}

const readCounts: Statement = {
	name: 'read-tick-counts-before',
	text: `
		select block, tick_count as "tickCount"
		from tick_block where source = $1 and block < $2 order by block desc limit $3`,
}

const countsOfPage = 500

/** Finds out which blocks an analysis has. */
export function createAnalysedBlockStore(database: Pick<Database, 'query'>) {
	return {
		/** The first and the last block of a source that were folded in a time; undefined when there are none. */
		async findSpan(source: string, fromMs: number, toMs: number): Promise<{ first: number; last: number } | undefined> {
			const [span] = await database.query<{ first: number | null; last: number | null }>(findSpan, [
				source,
				fromMs,
				toMs,
			])
			const { first = null, last = null } = span ?? {}
			return first === null || last === null ? undefined : { first, last }
		},

		/** The block from which on so many ticks at least come before a block. The first one that is left if there are fewer. */
		async findBlockBefore(source: string, block: number, leastTicks: number): Promise<number> {
			let first = block
			let ticks = 0
			for (;;) {
				const page = await database.query<{ block: number; tickCount: number }>(readCounts, [
					source,
					first,
					countsOfPage,
				])
				for (const { block, tickCount } of page) {
					if (ticks >= leastTicks) return first
					first = block
					ticks += tickCount
				}
				if (page.length < countsOfPage) return first
			}
		},
	}
}
