import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { SourceBlocks } from './source-blocks.ts'

// The statement began before its snapshot was taken. So it sees all that was committed until then.
const readBlocks: Statement = {
	name: 'read-blocks-of-sources',
	text: `
		select floor(extract(epoch from statement_timestamp()) * 1000)::float8 as "atMs",
			(select coalesce(json_agg(json_build_object('source', name, 'block', block)), '[]') from source) as blocks`,
}

export function createSourceBlockStore(database: Pick<Database, 'query'>) {
	return {
		async readSourceBlocks(): Promise<SourceBlocks> {
			const [found] = await database.query<SourceBlocks>(readBlocks)
			return found as SourceBlocks
		},
	}
}
