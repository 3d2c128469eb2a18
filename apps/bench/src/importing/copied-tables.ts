import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

/** The tables that an import writes, in the order of their references. The last two are the index of search. */
const tables = ['product', 'stock', 'stock_movement', 'search_posting', 'search_word']

const foldPollMs = 200

/** What an import wrote, as files that `COPY` reads. */
export type CopiedTables = {
	/** Copies the files into the tables of a database, in one transaction. Returns the seconds. */
	copyInto(client: pg.Client): Promise<number>
}

/**
 * Writes the tables of a database to files on the server. Then `COPY` has nothing to do but to write: no client sends it
 * rows, nothing is parsed but the columns, and the index of search is there already.
 *
 * @param folder a folder of the machine that the server runs on
 */
export async function copyTables(client: pg.Client, folder: string): Promise<CopiedTables> {
	const files = join(folder, 'copied-tables')
	mkdirSync(files)
	// The server may run as another user.
	chmodSync(folder, 0o711)
	chmodSync(files, 0o777)
	await waitForFolds(client)
	const fileOf = (table: string) => `'${join(files, table)}'`
	const columns = new Map<string, string>()
	for (const table of tables) {
		const { rows } = await client.query<{ names: string }>(
			`select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
			where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
			[table],
		)
		columns.set(table, rows[0]?.names ?? '')
		await client.query(`copy ${table} (${columns.get(table)}) to ${fileOf(table)}`)
	}
	return {
		async copyInto(into) {
			const startedAt = performance.now()
			await into.query('begin')
			for (const table of tables) await into.query(`copy ${table} (${columns.get(table)}) from ${fileOf(table)}`)
			await into.query('commit')
			return (performance.now() - startedAt) / 1_000
		},
	}
}

// The catalog folds the index into its last form a moment after an import.
async function waitForFolds(client: pg.Client): Promise<void> {
	for (;;) {
		const { rowCount } = await client.query('select from search_segment limit 1')
		if (rowCount === 0) return
		await sleep(foldPollMs)
	}
}

/**
 * Empties the tables of products, and the index of their texts where the version has one. The catalog hears of it, because it
 * keeps columns of the products in memory.
 */
export async function emptyTables(client: pg.Client): Promise<void> {
	await client.query(`
		do $$ begin
			if to_regclass('search_segment') is not null then
				insert into search_change (skus, dead_docs)
				select array_agg(sku), array_agg(search_doc) filter (where search_doc is not null) from product
				having count(search_doc) > 0;
				truncate search_segment, search_posting, search_word;
			end if;
		end $$;
		truncate product cascade`)
}
