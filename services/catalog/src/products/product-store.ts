import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { EditedProduct, LockedProduct, Price, Product, ProductFields } from './product.ts'
import type { TextIndex } from './text-index.ts'
import {
	givenProducts,
	indexBySku,
	indexColumnNames,
	indexColumns,
	toRows,
	updateProducts,
} from './written-product-store.ts'

/** A product `p`, its stock `s`, and its reduction `r` if its price is one. */
export const productTables = `
	product p join stock s using (sku)
	left join price_reduction r on r.sku = p.sku and r.began_at = p.price_began_at`

/** The columns of a product in {@link productTables}. */
export const productColumns = `
	p.sku, p.title, p.description, p.brand, p.category, p.currency, p.amount_minor as "amountMinor", p.attributes,
	p.image_urls as "imageUrls", p.product_group as "group", p.archived, p.archived_by as "archivedBy", p.version, p.created_at as "createdAt", p.updated_at as "updatedAt",
	s.on_hand - s.held as available, p.price_began_at as "priceBeganAt", r.lowest_minor as "lowestMinor"`

export type ProductStore = ReturnType<typeof createProductStore>

/** @param changed is called with the skus of products that may have changed */
export function createProductStore(
	database: Database,
	texts: TextIndex<Queryable>,
	changed: (skus: string[]) => void = () => {},
) {
	return {
		/** The products that exist, in any order. */
		findProducts: (skus: readonly string[], budget?: Budget) => findProducts(database.within(budget), skus),

		/** Creates a product with an empty stock; `undefined` when its sku is taken. */
		async createProduct(fields: ProductFields, budget?: Budget): Promise<Product | undefined> {
			const product = await database.transaction(async (transaction) => {
				const isNew = await insertProduct(transaction, texts, fields)
				return isNew ? (await findProducts(transaction, [fields.sku]))[0] : undefined
			}, budget)
			changed([fields.sku])
			return product
		},

		/**
		 * Changes a product under a lock and returns it as it is afterwards; `undefined` when there is none.
		 *
		 * @param change returns the wanted product, or the same object to change nothing. When it throws, nothing changes.
		 */
		async changeProduct(
			sku: string,
			change: (current: EditedProduct) => Product,
			budget?: Budget,
		): Promise<Product | undefined> {
			const product = await database.transaction(async (transaction) => {
				const [locked] = await lockProducts(transaction, [sku])
				if (locked === undefined) return undefined
				const current = await readEtagPrices(transaction, locked)
				const next = change(current)
				if (next !== current) await updateProducts(transaction, texts, { products: [next], before: [current] })
				return (await findProducts(transaction, [sku]))[0]
			}, budget)
			changed([sku])
			return product
		},
	}
}

const selectProducts: Statement = {
	name: 'select-products',
	text: `select ${productColumns} from ${productTables} where p.sku = any($1::text[])`,
}

function findProducts(queryable: Queryable, skus: readonly string[]): Promise<Product[]> {
	return queryable.query<Product>(selectProducts, [skus])
}

const selectProductsForUpdate: Statement = {
	name: 'select-products-for-update',
	text: `
		select ${productColumns}, case when p.etag_version = p.version then
			jsonb_build_object('currency', p.etag_currency, 'amountMinor', p.etag_amount_minor) end as "etagPrice"
		from ${productTables}
		where p.sku = any($1::text[])
		order by p.sku
		for no key update of p`,
}

/**
 * The products that exist, locked in the order of their skus. Their stock and whether their price is a reduction may be
 * older than the locks.
 */
export function lockProducts(transaction: Queryable, skus: readonly string[]): Promise<LockedProduct[]> {
	return transaction.query<LockedProduct>(selectProductsForUpdate, [skus])
}

const findLaterPrices: Statement = {
	name: 'find-later-prices-of-etag',
	text: `
		select price_change.currency, price_change.amount_minor as "amountMinor"
		from product join price_change using (sku)
		where sku = $1 and began_at >= updated_at
		order by ended_at desc limit 1000`,
}

// A statement of its own sees what was committed while this transaction waited for the lock.
async function readEtagPrices(
	transaction: Queryable,
	{ etagPrice, ...product }: LockedProduct,
): Promise<EditedProduct> {
	if (etagPrice === null) return { ...product, etagPrices: [] }
	const later = await transaction.query<Price>(findLaterPrices, [product.sku])
	return { ...product, etagPrices: [etagPrice, ...later] }
}

const insertProductIfNew: Statement = {
	name: 'insert-product',
	text: `
		with created as (
			insert into product (
				sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, product_group,
				${indexColumnNames}
			)
			select
				given.sku, title, description, brand, category, currency, "amountMinor", attributes, "imageUrls", "group",
				${indexColumns}
			from ${givenProducts}
			on conflict (sku) do nothing
			returning sku
		), stocked as (
			insert into stock (sku) select sku from created
		)
		select sku from created`,
}

async function insertProduct(
	transaction: Queryable,
	texts: TextIndex<Queryable>,
	fields: ProductFields,
): Promise<boolean> {
	const rows = await toRows([fields], await indexBySku(texts, transaction, [fields]))
	return (await transaction.query(insertProductIfNew, [rows])).length > 0
}
