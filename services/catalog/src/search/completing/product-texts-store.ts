import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { NumberedText } from './product-words.ts'

export function createProductTextsStore(database: Pick<Database, 'within'>) {
	return {
		/** The texts of products, in any order. Of a very long description only the beginning. */
		readTexts: (skus: readonly string[], budget: Budget): Promise<NumberedText[]> =>
			database.within(budget).query<NumberedText>(selectTexts, [skus]),
	}
}

const selectTexts: Statement = {
	name: 'select-product-texts',
	text: `
		select search_doc as doc, sku, title, brand, category, attributes, left(description, 2000) as description
		from product where sku = any($1::text[])`,
}
