import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { SourcePosition } from './keep-source.ts'
import { sourceLease } from './source-lease.ts'

const addSources: Statement = {
	name: 'add-sources',
	text: 'insert into source (name) select unnest($1::text[]) on conflict do nothing',
}

// The embedded database has one process. One that had a source before is gone.
const claimSource: Statement = {
	name: 'claim-source',
	text: `
		update source set owner = $2::uuid, owned_until = clock_timestamp() + ${sourceLease}
		where name = $1 and (owner is null or owned_until < clock_timestamp() or $3)
		returning folded_seq as "foldedSeq", block, apply_sequence as "applySequence"`,
}

const renewSource: Statement = {
	name: 'renew-source',
	text: `
		update source set owned_until = greatest(owned_until, clock_timestamp() + ${sourceLease})
		where name = $1 and owner = $2::uuid
		returning 1`,
}

const releaseSource: Statement = {
	name: 'release-source',
	text: "update source set owner = null, owned_until = '-infinity' where name = $1 and owner = $2::uuid",
}

/** The rows of the sources. */
export function createSourceStore(database: Pick<Database, 'query' | 'engine'>) {
	const isAlone = database.engine === 'pglite'
	return {
		/** Makes rows for new sources. */
		addSources: (names: readonly string[]) => database.query(addSources, [names]),
		/** Takes a source for an owner, unless another one has it. */
		async claim(name: string, owner: string): Promise<SourcePosition | undefined> {
			const [row] = await database.query<SourcePosition>(claimSource, [name, owner, isAlone])
			return row
		},
		/** Keeps a source for longer. Returns false when another owner has it. */
		async renew(name: string, owner: string): Promise<boolean> {
			return (await database.query(renewSource, [name, owner])).length > 0
		},
		/** Gives a source back at once. */
		release: (name: string, owner: string) => database.query(releaseSource, [name, owner]),
	}
}
