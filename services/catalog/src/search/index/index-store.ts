import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { SearchIndexNeeds } from './create-search-index.ts'
import type { StoredPostings, StoredSegment, WaitingSegment } from './index-rows.ts'

/** A row of postings, a segment, which has a size, or the number of the newest word. */
type Row = Partial<StoredPostings> & { token: string | null; id: number | null; size: number | null }

/** What searches read of the index. */
export function createIndexStore(database: Pick<Database, 'within'>): SearchIndexNeeds {
	return {
		async readRows({ tokens, beginnings = [] }, knownKeys, budget) {
			const texts = beginnings.map(({ beginning }) => beginning)
			const limits = beginnings.map(({ most }) => most)
			const rows = await database.within(budget).query<Row>(selectRows, [tokens, texts, limits, knownKeys])
			return {
				postings: rows.filter(({ token }) => token !== null) as StoredPostings[],
				segments: rows.filter(({ size }) => size !== null) as WaitingSegment[],
				newestWord: rows.find(({ token, size }) => token === null && size === null)?.id ?? 0,
			}
		},
		readSegments: (ids, budget) => database.within(budget).query<StoredSegment>(selectSegments, [ids]),
	}
}

const segmentKey = `id || '@' || extract(epoch from created_at)`
// No transaction writes a row of the same token and doc twice.
const rowKey = `p.token || ' ' || p.first_doc || '@' || p.xmin || '/' || octet_length(p.postings)`
const postings = `p.token, p.first_doc as "firstDoc", ${rowKey} as key`

// One statement sees one moment. So an occurrence is in a segment or in the postings, and never in both or in neither.
const selectRows: Statement = {
	name: 'search-index-rows',
	text: `
		select ${postings}, case when ${rowKey} = any($4::text[]) then null else p.postings end as postings,
			null::bigint as id, null::integer as size
		from search_posting p where token = any($1::text[])
		union all
		select ${postings}, p.postings, null, null
		from unnest($2::text[], $3::integer[]) as given (beginning, most)
		cross join lateral (
			select distinct token from search_posting
			where token >= beginning and token < beginning || chr(1114111)
			order by token limit most
		) as found
		join search_posting p using (token)
		union all
		select null, null, ${segmentKey}, null, id, octet_length(data)
		from search_segment
		union all
		select null, null, null, null, max(id), null
		from search_word`,
}

const selectSegments: Statement = {
	name: 'search-segments',
	text: `select id, ${segmentKey} as key, data from search_segment where id = any($1::bigint[])`,
}
