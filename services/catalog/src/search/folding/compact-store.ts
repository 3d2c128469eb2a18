import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { CompactedToken, CompactTokensNeeds, ListedRow } from './compact-tokens.ts'
import { insertRows, lockedTransaction } from './fold-store.ts'

const longestStatementMs = 15_000

/** Rows of postings as compaction reads and replaces them. */
export function createCompactStore(
	database: Pick<Database, 'transaction' | 'within'>,
): Pick<CompactTokensNeeds, 'listRows' | 'readRows' | 'replaceRows'> {
	const query = <R>(statement: Statement, values: readonly unknown[]) =>
		database.within(budgetForEach(longestStatementMs)).query<R>(statement, values)
	return {
		listRows: (tokens) => query<ListedRow>(listRows, [tokens]),
		readRows: (rows) => query<ListedRow & { postings: Uint8Array }>(readRows, keysOf(rows)),
		async replaceRows(tokens) {
			try {
				return (await lockedTransaction(database, (transaction) => replaceRows(transaction, tokens))) ?? false
			} catch (error) {
				if (error instanceof RowsChangedError) return false
				throw error
			}
		},
	}
}

/** Ends the transaction. */
export class RowsChangedError extends Error {
	override name = 'RowsChangedError'
}

/** @throws RowsChangedError */
export async function replaceRows(transaction: Queryable, tokens: readonly CompactedToken[]): Promise<true> {
	const gone = tokens.flatMap((token) => token.gone)
	const deleted = await transaction.query(deleteRows, keysOf(gone))
	// A process that took the lock in between has replaced some. Its rows stay.
	if (deleted.length < gone.length) throw new RowsChangedError('rows of postings have changed')
	await insertRows(transaction, tokens)
	await transaction.query(updateWords, [
		tokens.map(({ token }) => token),
		tokens.map(({ lostDocs }) => lostDocs),
		tokens.map(({ gone, rows }) => gone.length - rows.length),
	])
	return true
}

function keysOf(rows: readonly ListedRow[]): unknown[] {
	return [rows.map(({ token }) => token), rows.map(({ firstDoc }) => firstDoc), rows.map(({ version }) => version)]
}

const listed = 'token, first_doc as "firstDoc", octet_length(postings) as size, xmin::text as version'

const listRows: Statement = {
	name: 'list-search-postings',
	text: `select ${listed} from search_posting where token = any($1::text[])`,
}

const readRows: Statement = {
	name: 'read-search-postings',
	text: `
		select p.token, p.first_doc as "firstDoc", octet_length(postings) as size, p.xmin::text as version, postings
		from unnest($1::text[], $2::integer[], $3::text[]) as given (token, first_doc, version)
		join search_posting p on p.token = given.token and p.first_doc = given.first_doc and p.xmin::text = given.version`,
}

const deleteRows: Statement = {
	name: 'delete-search-postings',
	text: `
		delete from search_posting p
		using unnest($1::text[], $2::integer[], $3::text[]) as given (token, first_doc, version)
		where p.token = given.token and p.first_doc = given.first_doc and p.xmin::text = given.version
		returning 1 as one`,
}

// A word that no doc has any more is no word to correct others to. Tokens with digits and stems are in no vocabulary.
const updateWords: Statement = {
	name: 'update-search-words',
	text: `
		with given as (
			select * from unnest($1::text[], $2::integer[], $3::integer[]) as given (word, docs, rows)
		), gone as (
			delete from search_word w using given where w.word = given.word and w.docs <= given.docs
			returning w.word
		), shrunk as (
			update search_word w set docs = w.docs - given.docs, rows = w.rows - given.rows
			from given where w.word = given.word and w.docs > given.docs
			returning w.word, w.docs
		), lost as (
			select word, 0 as docs from gone union all select word, docs from shrunk
		)
		insert into search_word_loss (words)
		select string_agg(word || ' ' || given.docs || ' ' || lost.docs, ' ')
		from lost join given using (word) where given.docs > 0 and word !~ '[0-9*]'
		having count(*) > 0`,
}
