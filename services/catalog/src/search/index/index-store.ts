import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { IndexRows, StoredPostings, StoredSegment, WaitingSegment } from './index-rows.ts'
import type { IndexQuery } from './search-index.ts'

/** Rows of postings, packed into lists. `bytes` has those of all rows, one after the other; null is the size of known ones. */
type Packed = {
	tokens: string[]
	firstDocs: number[]
	keys: (string | null)[]
	sizes: (number | null)[]
	bytes: Uint8Array | null
	segments: WaitingSegment[]
	newestWord: number | null
}

/** What searches read of the index. */
export function createIndexStore(database: Pick<Database, 'within'>) {
	return {
		/** All that a query needs as it is at one moment, but for the bytes of rows with known keys. */
		async readRows(
			{ tokens, beginnings = [] }: IndexQuery,
			knownKeys: readonly string[],
			budget: Budget,
		): Promise<IndexRows> {
			const texts = beginnings.map(({ beginning }) => beginning)
			const limits = beginnings.map(({ most }) => most)
			const [row] = await database.within(budget).query<Packed>(selectRows, [tokens, texts, limits, knownKeys])
			if (row === undefined) throw new Error(`${selectRows.name} gives one row`)
			return { postings: unpack(row), segments: row.segments, newestWord: row.newestWord ?? 0 }
		},
		/** Segments that were folded meanwhile are missing. */
		readSegments: (ids: readonly number[], budget: Budget) =>
			database.within(budget).query<StoredSegment>(selectSegments, [ids]),
	}
}

function unpack({ tokens, firstDocs, keys, sizes, bytes }: Packed): StoredPostings[] {
	let end = 0
	return tokens.map((token, index) => {
		const size = sizes[index] ?? null
		const start = end
		end += size ?? 0
		const postings = size === null ? null : (bytes?.subarray(start, end) ?? new Uint8Array())
		return { token, firstDoc: firstDocs[index] as number, key: keys[index] ?? null, postings }
	})
}

/** To read shorter postings again costs less than to find out that they are known. */
const longBytes = 512

const segmentKey = `id || '@' || extract(epoch from created_at)`
// No transaction writes a row of the same token and doc twice.
const rowKey = `p.token || ' ' || p.first_doc || '@' || p.xmin || '/' || octet_length(p.postings)`
const postings = `
	p.token, p.first_doc, p.postings,
	case when octet_length(p.postings) >= ${longBytes} then ${rowKey} end as key`

// One statement sees one moment. So an occurrence is in a segment or in the postings, and never in both or in neither.
// A search reads a hundred rows of some bytes. Lists in one row cost a fraction of a row for each.
const selectRows: Statement = {
	name: 'search-index-rows',
	text: `
		with found as (
			select ${postings} from search_posting p where token = any($1::text[])
			union all
			select ${postings}
			from unnest($2::text[], $3::integer[]) as given (beginning, most)
			cross join lateral (
				select distinct token from search_posting
				where token >= beginning and token < beginning || chr(1114111)
				order by token limit most
			) as tokens
			join search_posting p using (token)
		), unknown as materialized (
			select token, first_doc, key, case when key is null or key <> all($4::text[]) then postings end as postings from found
		)
		select
			coalesce(json_agg(token), '[]') as tokens,
			coalesce(json_agg(first_doc), '[]') as "firstDocs",
			coalesce(json_agg(key), '[]') as keys,
			coalesce(json_agg(octet_length(postings)), '[]') as sizes,
			string_agg(postings, '') as bytes,
			(
				select coalesce(json_agg(json_build_object('id', id, 'key', ${segmentKey}, 'size', octet_length(data))), '[]')
				from search_segment
			) as segments,
			(select max(id) from search_word) as "newestWord"
		from unknown`,
}

const selectSegments: Statement = {
	name: 'search-segments',
	text: `select id, ${segmentKey} as key, data from search_segment where id = any($1::bigint[])`,
}
