import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { SourceState } from './list-sources.ts'

const readStates: Statement = {
	name: 'read-states-of-sources',
	text: `
		select name, owner is not null and owned_until >= clock_timestamp() as "isOwned", folded_seq as seq, block,
			apply_sequence as "appliedSequence", (extract(epoch from stored_at) * 1000)::float8 as "storedAtMs",
			extract(epoch from clock_timestamp() - stored_at)::float8 as "silentS"
		from source order by name`,
}

export function createSourceStateStore(database: Pick<Database, 'within'>) {
	return {
		/** The sources that were ever followed, by name. */
		readStates: (budget?: Budget): Promise<SourceState[]> => database.within(budget).query<SourceState>(readStates),
	}
}
