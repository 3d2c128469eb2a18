import type { Queryable, Statement } from '@mercat/database/queryable'
import { mapInTurns } from './map-in-turns.ts'
import type { ProductFields } from './product.ts'
import { searchTextOf } from './search-text.ts'

/** The fields of a product that callers set, and whether it is archived. */
export type WrittenProduct = ProductFields & { archived: boolean; archivedBy: string }

/** The rows of a JSON array, as {@link toRows} makes them. */
export const givenProducts = `
	jsonb_to_recordset($1::jsonb) as given (
		sku text, title text, description text, brand text, category text, currency text, "amountMinor" bigint,
		attributes jsonb, "imageUrls" text[], "group" text, archived boolean, "archivedBy" text, search jsonb
	)`

// Each word as it is, and its English stem.
const weighted = (weight: string) => {
	const words = `given.search ->> '${weight}'`
	return `setweight(to_tsvector('simple', ${words}) || to_tsvector('english', ${words}), '${weight}')`
}

/** The search document of a row of {@link givenProducts}. */
export const searchDocument = ['a', 'b', 'c', 'd'].map(weighted).join(' || ')

function toRow(product: ProductFields): object {
	return { ...product, search: searchTextOf(product) }
}

/** The JSON array of {@link givenProducts}. */
export async function toRows(products: readonly ProductFields[]): Promise<string> {
	return `[${(await mapInTurns(products, (product) => JSON.stringify(toRow(product)))).join(',')}]`
}

// A price that is held waits no longer when the product gets it in another way.
const endHoldsOfWritten = `
	update held_price set state = 'withdrawn', resolved_at = statement_timestamp()
	from written
	where held_price.sku = written.sku and state = 'open'
		and new_currency = written.currency and new_amount_minor = written.amount_minor`

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
				search_document = ${searchDocument},
				search_text = given.search ->> 'text'
			from ${givenProducts}
			where product.sku = given.sku
			returning product.sku, product.currency, product.amount_minor
		)
		${endHoldsOfWritten}`,
}

/** Writes products that this transaction has locked. */
export async function updateProducts(transaction: Queryable, products: readonly WrittenProduct[]): Promise<void> {
	await transaction.query(updateLockedProducts, [await toRows(products)])
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
