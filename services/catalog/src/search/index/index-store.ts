import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { SearchIndexNeeds } from './create-search-index.ts'
import type { StoredPostings, StoredSegment, WaitingSegment } from './index-rows.ts'

/** What searches read of the index. */
export function createIndexStore(database: Pick<Database, 'within'>): SearchIndexNeeds {
	return {
		async readRows({ tokens, beginnings = [] }, budget) {
			const texts = beginnings.map(({ beginning }) => beginning)
			const limits = beginnings.map(({ most }) => most)
			const rows = await database
				.within(budget)
				.query<StoredPostings | WaitingSegment>(selectRows, [tokens, texts, limits])
			return {
				postings: rows.filter((row) => !isSegment(row)) as StoredPostings[],
				segments: rows.filter(isSegment),
			}
		},
		readSegments: (ids, budget) => database.within(budget).query<StoredSegment>(selectSegments, [ids]),
	}
}

function isSegment(row: StoredPostings | WaitingSegment): row is WaitingSegment {
	return (row as WaitingSegment).key !== null
}

const segmentKey = `id || '@' || extract(epoch from created_at)`

// One statement sees one moment. So an occurrence is in a segment or in the postings, and never in both or in neither.
const selectRows: Statement = {
	name: 'search-index-rows',
	text: `
		select token, first_doc as "firstDoc", postings, null::bigint as id, null as key, null::integer as size
		from search_posting where token = any($1::text[])
		union all
		select p.token, p.first_doc, p.postings, null, null, null
		from unnest($2::text[], $3::integer[]) as given (beginning, most)
		cross join lateral (
			select distinct token from search_posting
			where token >= beginning and token < beginning || chr(1114111)
			order by token limit most
		) as found
		join search_posting p using (token)
		union all
		select null, null, null, id, ${segmentKey}, octet_length(data)
		from search_segment`,
}

const selectSegments: Statement = {
	name: 'search-segments',
	text: `select id, ${segmentKey} as key, data from search_segment where id = any($1::bigint[])`,
}
