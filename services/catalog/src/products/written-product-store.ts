import type { Queryable, Statement } from '@mercat/database/queryable'
import { mapInTurns } from '../turns/map-in-turns.ts'
import type { ProductFields } from './product.ts'
import { type IndexedText, isSameText, type ProductText, type TextIndex } from './text-index.ts'

/** The fields of a product that callers set, and whether it is archived. */
export type WrittenProduct = ProductFields & { archived: boolean; archivedBy: string }

/** The rows of a JSON array, as {@link toRows} makes them. */
export const givenProducts = `
	jsonb_to_recordset($1::jsonb) as given (
		sku text, title text, description text, brand text, category text, currency text, "amountMinor" bigint,
		attributes jsonb, "imageUrls" text[], "group" text, archived boolean, "archivedBy" text,
		"searchDoc" integer, "searchAnalysis" integer, search jsonb
	)`

/** The columns of a product that belong to its text. */
export const indexColumnNames = 'search_doc, search_epoch, search_document, search_text'

// A text whose tokens another version of the analysis made is to be indexed again.
const epoch = '(select case when analysis = given."searchAnalysis" then epoch else 0 end from search_index)'

// For the search of the version before: each word as it is, and its English stem.
const weighted = (weight: string) => {
	const words = `given.search ->> '${weight}'`
	return `setweight(to_tsvector('simple', ${words}) || to_tsvector('english', ${words}), '${weight}')`
}
const previousDocument = `coalesce(${['a', 'b', 'c', 'd'].map(weighted).join(' || ')}, '')`
const previousText = "coalesce(given.search ->> 'text', '')"

/** The values of {@link indexColumnNames} for a row of {@link givenProducts} whose text is new. */
export const indexColumns = `given."searchDoc", ${epoch}, ${previousDocument}, ${previousText}`

/** The JSON array of {@link givenProducts}. A product without a new text has nothing of the index. */
export async function toRows(
	products: readonly ProductFields[],
	indexed: ReadonlyMap<string, IndexedText>,
): Promise<string> {
	const rows = await mapInTurns(products, (product) => JSON.stringify({ ...product, ...indexed.get(product.sku) }))
	return `[${rows.join(',')}]`
}

/** Indexes the texts of products, each with another sku. */
export async function indexBySku(
	texts: TextIndex<Queryable>,
	transaction: Queryable,
	products: readonly ProductFields[],
): Promise<Map<string, IndexedText>> {
	if (products.length === 0) return new Map()
	const indexed = await texts.indexTexts(transaction, products)
	return new Map(products.flatMap(({ sku }, place) => (indexed[place] ? [[sku, indexed[place]]] : [])))
}

// A price that is held waits no longer when the product gets it in another way.
const endHoldsOfWritten = `
	update held_price set state = 'withdrawn', resolved_at = statement_timestamp()
	from written
	where held_price.sku = written.sku and state = 'open'
		and new_currency = written.currency and new_amount_minor = written.amount_minor`

const ifNewText = (value: string, column: string) =>
	`case when given."searchDoc" is null then product.${column} else ${value} end`

const updateLockedProducts: Statement = {
	name: 'update-locked-products',
	text: `
		with written as (
			update product set
				title = given.title,
				description = given.description,
				brand = given.brand,
				category = given.category,
				currency = given.currency,
				amount_minor = given."amountMinor",
				attributes = given.attributes,
				image_urls = given."imageUrls",
				product_group = given."group",
				archived = given.archived,
				archived_by = given."archivedBy",
				version = product.version + 1,
				updated_at = now(),
				search_doc = coalesce(given."searchDoc", product.search_doc),
				search_epoch = ${ifNewText(epoch, 'search_epoch')},
				search_document = ${ifNewText(previousDocument, 'search_document')},
				search_text = ${ifNewText(previousText, 'search_text')}
			from ${givenProducts}
			where product.sku = given.sku
			returning product.sku, product.currency, product.amount_minor
		)
		${endHoldsOfWritten}`,
}

/**
 * Writes products that this transaction has locked. Texts that have changed are indexed.
 *
 * @param before the products as they were, in any order
 */
export async function updateProducts(
	transaction: Queryable,
	texts: TextIndex<Queryable>,
	{ products, before }: { products: readonly WrittenProduct[]; before: readonly ProductText[] },
): Promise<void> {
	const known = new Map(before.map((product) => [product.sku, product]))
	const changed = products.filter((product) => {
		const old = known.get(product.sku)
		return old === undefined || !isSameText(old, product)
	})
	const indexed = await indexBySku(texts, transaction, changed)
	await transaction.query(updateLockedProducts, [await toRows(products, indexed)])
}

const updateLockedPrices: Statement = {
	name: 'update-locked-prices',
	text: `
		with written as (
			update product set
				currency = given.currency,
				amount_minor = given.amount_minor,
				version = product.version + 1,
				updated_at = now()
			from unnest($1::text[], $2::text[], $3::bigint[]) as given (sku, currency, amount_minor)
			where product.sku = given.sku
			returning product.sku, product.currency, product.amount_minor
		)
		${endHoldsOfWritten}`,
}

/** Writes the prices of products that this transaction has locked. It costs much less than to write the whole products. */
export async function updatePrices(
	transaction: Queryable,
	products: readonly Pick<ProductFields, 'sku' | 'currency' | 'amountMinor'>[],
): Promise<void> {
	await transaction.query(updateLockedPrices, [
		products.map(({ sku }) => sku),
		products.map(({ currency }) => currency),
		products.map(({ amountMinor }) => amountMinor),
	])
}
