import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import { analysisVersion } from '../analysis/analysis-version.ts'
import type { StoredSegment } from '../index/index-rows.ts'
import type { FoldedToken, FoldSegmentsNeeds, FoldTransaction } from './fold-segments.ts'
import type { FoldWaitingNeeds, Waiting } from './fold-waiting.ts'

// A fold writes tens of thousands of rows, and nobody waits for it.
const longestStatementMs = 15_000

// A fold keeps its segments in memory: 20,000 docs took 35 MB more than 5,000. In the embedded database nothing runs beside a fold.
const mostDocs = { postgres: 5_000, pglite: 500 }

// After so many folds the space of deleted rows is freed. The table of segments is small, and the others are large.
const foldsOfSegments = 50
const foldsOfPostings = 1_000

const foldLock = 7_325_001
const lockFolds: Statement = {
	name: 'lock-search-folds',
	text: `select pg_try_advisory_xact_lock(${foldLock}) as locked`,
}

/** The transactions that move segments into the postings. */
export function createFoldStore(
	database: Pick<Database, 'engine' | 'query' | 'transaction'>,
): FoldSegmentsNeeds & Pick<FoldWaitingNeeds, 'countWaiting' | 'tidy'> {
	let folds = 0
	return {
		mostDocs: mostDocs[database.engine],
		async countWaiting() {
			const [waiting] = await database.query<Waiting>(countWaiting)
			return waiting as Waiting
		},
		async tidy() {
			// PostgreSQL does it by itself.
			if (database.engine !== 'pglite') return
			folds++
			if (folds % foldsOfSegments === 0) await database.query('vacuum search_segment')
			if (folds % foldsOfPostings === 0) await database.query('vacuum search_posting, search_word')
		},
		foldTransaction: (work) => lockedTransaction(database, (transaction) => work(stepsOf(transaction))),
	}
}

/** Runs `work` while no other process folds or compacts. Resolves to undefined when another process does. */
export function lockedTransaction<T>(
	database: Pick<Database, 'transaction'>,
	work: (transaction: Queryable) => Promise<T>,
): Promise<T | undefined> {
	return database.transaction(async (transaction) => {
		const [lock] = await transaction.query<{ locked: boolean }>(lockFolds)
		return lock?.locked ? work(transaction) : undefined
	}, budgetForEach(longestStatementMs))
}

function stepsOf(transaction: Queryable): FoldTransaction {
	return {
		listOldest: () => transaction.query(selectOldest),
		readSegments: (ids) => transaction.query<StoredSegment>(selectForFold, [ids]),
		async addTokens(tokens) {
			const words = tokens.filter(({ token }) => !isSkuToken(token))
			const skuTokens = tokens.filter(({ token }) => isSkuToken(token)).map(({ token }) => token)
			await insertRows(transaction, tokens)
			const crowded = await Promise.all([
				transaction.query<{ token: string }>(addWords, [
					words.map(({ token }) => token),
					words.map(({ docs }) => docs),
					words.map(({ rows }) => rows.length),
				]),
				skuTokens.length === 0 ? [] : transaction.query<{ token: string }>(selectCrowdedSkus, [skuTokens]),
			])
			return crowded.flat().map(({ token }) => token)
		},
		async deleteSegments(ids) {
			await transaction.query(deleteSegments, [ids])
		},
		async setAside(ids) {
			const [known] = await transaction.query(selectKnownAnalysis, [analysisVersion])
			if (known === undefined) return false
			await transaction.query(reindexDocs, [ids])
			await transaction.query(deleteSegments, [ids])
			return true
		},
	}
}

/** Whether a token is a whole sku. These are no words, so the vocabulary has no rows for them. */
function isSkuToken(token: string): boolean {
	return token.startsWith('#')
}

const countWaiting: Statement = {
	name: 'count-search-segments',
	text: `
		select count(*)::integer as segments,
			coalesce(extract(epoch from clock_timestamp() - min(created_at)) * 1000, 0)::float8 as "oldestMs"
		from search_segment`,
}

const selectOldest: Statement = {
	name: 'oldest-search-segments',
	text: 'select id, docs, octet_length(data) as size from search_segment order by id limit 1000',
}

const selectForFold: Statement = {
	name: 'search-segments-to-fold',
	text: `select id, '' as key, data from search_segment where id = any($1::bigint[])`,
}

const deleteSegments: Statement = {
	name: 'delete-search-segments',
	text: 'delete from search_segment where id = any($1::bigint[])',
}

const selectKnownAnalysis: Statement = {
	name: 'known-search-analysis',
	text: 'select analysis from search_index where analysis <= $1',
}

// Imports lock products in this order, too.
const reindexDocs: Statement = {
	name: 'reindex-search-docs',
	text: `
		with lost as materialized (
			select sku from product
			where exists (select from search_segment where id = any($1::bigint[]) and search_doc between first_doc and last_doc)
			order by sku
			for no key update
		)
		update product set search_epoch = 0 from lost where product.sku = lost.sku`,
}

// All bytes come as one value, which the driver sends as it is. It would write an array of them as text.
const insertPostings: Statement = {
	name: 'insert-search-postings',
	text: `
		insert into search_posting (token, first_doc, postings)
		select token, first_doc, substring($5::bytea from start + 1 for size)
		from unnest($1::text[], $2::integer[], $3::integer[], $4::integer[]) as given (token, first_doc, start, size)`,
}

/** Writes the rows of tokens. */
export async function insertRows(transaction: Queryable, tokens: readonly Pick<FoldedToken, 'token' | 'rows'>[]) {
	const rows = tokens.flatMap(({ token, rows }) => rows.map((row) => ({ token, ...row })))
	if (rows.length === 0) return
	let end = 0
	const starts = rows.map(({ bytes }) => {
		end += bytes.length
		return end - bytes.length
	})
	await transaction.query(insertPostings, [
		rows.map(({ token }) => token),
		rows.map(({ firstDoc }) => firstDoc),
		starts,
		rows.map(({ bytes }) => bytes.length),
		Buffer.concat(rows.map(({ bytes }) => bytes)),
	])
}

// The limits differ, so that common words, which get a row with each fold, do not all have too many at the same time. Rows of rare
// words are short, and many of their docs may be dead.
const crowdedFrom = 12
const crowdedRareFrom = 6
const docsOfRareRow = 4

// The sum has a higher first bit than the docs before. Then bits that differ (`#`) are more than those docs.
const hasPassedPowerOfTwo = '(search_word.docs # (search_word.docs + excluded.docs)) > search_word.docs'

const addWords: Statement = {
	name: 'add-search-words',
	text: `
		with added as (
			insert into search_word (word, docs, rows)
			select word, docs, rows from unnest($1::text[], $2::integer[], $3::integer[]) as given (word, docs, rows)
			on conflict (word) do update
				set docs = search_word.docs + excluded.docs, rows = search_word.rows + excluded.rows,
					id = case when ${hasPassedPowerOfTwo} then excluded.id else search_word.id end
			returning word, docs, rows
		)
		select word as token from added
		where rows > ${crowdedFrom} + length(word) % 4
			or rows > ${crowdedRareFrom} and docs < ${docsOfRareRow} * rows`,
}

const selectCrowdedSkus: Statement = {
	name: 'crowded-search-skus',
	text: `
		select token from search_posting where token = any($1::text[])
		group by token having count(*) > ${crowdedRareFrom}`,
}
