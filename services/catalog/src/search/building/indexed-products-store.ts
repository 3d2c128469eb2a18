import type { Queryable, Statement } from '@mercat/database/queryable'
import type { TextIndex } from '../../products/text-index.ts'
import type { SeenProduct } from './build-index.ts'

// A writer that has changed a text since has given it another doc, or has set the epoch to 0. A text that had the epoch 0
// already is the same only in the same version.
const lockSeen: Statement = {
	name: 'lock-seen-products',
	text: `
		select sku from product join unnest($1::text[], $2::integer[], $3::integer[], $4::bigint[]) as seen (sku, doc, epoch, number)
			using (sku)
		where search_doc is not distinct from seen.doc and search_epoch is not distinct from seen.epoch
			and (seen.epoch is distinct from 0 or version = seen.number)
		order by sku
		for no key update of product skip locked`,
}

const setDocs: Statement = {
	name: 'set-search-docs',
	text: `
		update product set
			search_doc = given.doc,
			search_epoch = (select case when analysis = given.analysis then epoch else 0 end from search_index)
		from unnest($1::text[], $2::integer[], $3::integer[]) as given (sku, doc, analysis)
		where product.sku = given.sku`,
}

/** Indexes the products that are as they were seen and that nobody has locked. Returns their skus. */
export async function indexSeen(
	transaction: Queryable,
	texts: Pick<TextIndex<Queryable>, 'indexTexts'>,
	seen: readonly SeenProduct[],
): Promise<Set<string>> {
	if (seen.length === 0) return new Set()
	const rows = await transaction.query<{ sku: string }>(lockSeen, [
		seen.map(({ sku }) => sku),
		seen.map(({ searchDoc }) => searchDoc),
		seen.map(({ searchEpoch }) => searchEpoch),
		seen.map(({ version }) => version),
	])
	const skus = new Set(rows.map(({ sku }) => sku))
	const products = seen.filter(({ sku }) => skus.has(sku))
	if (products.length === 0) return skus
	const indexed = await texts.indexTexts(transaction, products)
	await transaction.query(setDocs, [
		products.map(({ sku }) => sku),
		indexed.map(({ searchDoc }) => searchDoc),
		indexed.map(({ searchAnalysis }) => searchAnalysis),
	])
	return skus
}
