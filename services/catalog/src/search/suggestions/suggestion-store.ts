import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { SampleRow } from './sample-postings.ts'
import type { NumberedTitle } from './titles/title-memory.ts'

/** What suggestions read of products. */
export function createSuggestionStore(database: Pick<Database, 'within'>) {
	return {
		/** The titles of those of the products that are not archived, in any order. */
		readTitles: (skus: readonly string[], budget: Budget): Promise<NumberedTitle[]> =>
			database.within(budget).query<NumberedTitle>(selectTitles, [skus]),
		readSampleRows: (words: readonly string[], budget: Budget): Promise<SampleRow[]> =>
			database.within(budget).query<SampleRow>(selectSampleRows, [words]),
	}
}

const selectTitles: Statement = {
	name: 'select-titles',
	text: 'select search_doc as doc, title from product where sku = any($1::text[]) and not archived',
}

const selectSampleRows: Statement = {
	name: 'select-sample-rows',
	text: `
		select word, first_doc as "firstDoc", postings
		from unnest($1::text[]) as given (word)
		cross join lateral (
			select first_doc, postings from search_posting where token = given.word
			order by octet_length(postings) not between 512 and 16384, first_doc desc
			limit 1
		) as newest`,
}
