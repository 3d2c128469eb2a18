import type { Database } from '@mercat/database/database'
import { isConnected } from '@mercat/database/server-facts'
import { budgetForEach } from '@mercat/service/budget'
import type { Breach } from './breach.ts'

/** Up to where the prices of a source are given to the catalog. */
export type AppliedPlace = {
	/** The sequence of the last call. */
	sequence: number
	/** The calls have the prices of the blocks up to this one; 0 when there was none. */
	uptoBlock: number
	/** The age of the round that has the last call. */
	ageS: number
}

export type SourceAuditStore = ReturnType<typeof createSourceAuditStore>

/** A table that only a migrated market database has. */
export const marketTable = 'tick_block'

// A statement may read a whole table.
const patience = budgetForEach(600_000)

/** Each statement sees one moment, so a breach that it finds is one also while the market works. */
const statements = [
	`select name as subject, format('block %s is its last one, and block %s the last one that is stored', source.block, last) as finding
	from source join (select source, max(block) as last from tick_block group by source) as stored on source = name
	where last <> source.block`,

	`select source as subject, format('%s of the blocks %s to %s are missing', max(block) - min(block) + 1 - count(*), min(block), max(block)) as finding
	from tick_block group by source having count(*) <> max(block) - min(block) + 1`,

	`select name as subject, format('it is folded up to message %s, and its last block up to message %s',
		coalesce(folded_seq::text, 'none'), last_seq) as finding
	from source join tick_block on source = name and tick_block.block = source.block
	where folded_seq is distinct from last_seq`,

	`select source as subject, format('its round has the prices up to block %s, and block %s is the last one', upto_block, block) as finding
	from apply_round join source on source = name where upto_block > block`,

	`select source as subject, format('its round ends with the sequence %s, and %s is the last one', last, apply_sequence) as finding
	from (select source, first_sequence + json_array_length(calls::json) - 1 as last from apply_round) as round
	join source on source = name where last <> apply_sequence`,

	`select source as subject, format('its bars have the ticks up to block %s, and block %s is the last one', bar_fold.block, source.block) as finding
	from bar_fold join source on source = name where bar_fold.block > source.block`,
]

const findPlace = `
	select apply_sequence as sequence, coalesce(upto_block, 0) as "uptoBlock",
		coalesce(extract(epoch from clock_timestamp() - apply_round.stored_at), 0)::float8 as "ageS"
	from source left join apply_round on source = name where name = $1`

/** The facts of sources, their blocks and rounds. */
export function createSourceAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** Whether a market is connected to this database now. */
		isLive: () => isConnected(database, 'mercat-market'),

		/** The breaches that the rows of the sources show. */
		async sourceBreaches(): Promise<Breach[]> {
			const breaches: Breach[][] = []
			for (const statement of statements) breaches.push(await query<Breach>(statement))
			return breaches.flat()
		},

		/** The names of the sources that were ever followed. */
		listSources: async (): Promise<string[]> =>
			(await query<{ name: string }>('select name from source order by name')).map(({ name }) => name),

		async findPlace(source: string): Promise<AppliedPlace> {
			const [place] = await query<AppliedPlace>(findPlace, [source])
			return place as AppliedPlace
		},
	}
}
