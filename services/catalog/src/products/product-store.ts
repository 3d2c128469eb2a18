import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { Product, ProductFields } from './product.ts'
import { searchTextOf } from './search-text.ts'

const productColumns = `
	p.sku, p.title, p.description, p.brand, p.category, p.currency, p.amount_minor as "amountMinor", p.attributes,
	p.image_urls as "imageUrls", p.archived, p.version, p.created_at as "createdAt", p.updated_at as "updatedAt",
	s.on_hand - s.held as available`

export type ProductStore = ReturnType<typeof createProductStore>

/** @param changed is called with the skus of products that may have changed */
export function createProductStore(database: Database, changed: (skus: string[]) => void = () => {}) {
	return {
		/** The products that exist, in any order. */
		findProducts: (skus: readonly string[], budget?: Budget) => findProducts(database.within(budget), skus),

		/** Creates a product with an empty stock; `undefined` when its sku is taken. */
		async createProduct(fields: ProductFields, budget?: Budget): Promise<Product | undefined> {
			const product = await database.transaction(async (transaction) => {
				const created = await insertMissingProducts(transaction, [fields])
				return created.length === 0 ? undefined : (await findProducts(transaction, [fields.sku]))[0]
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
			change: (current: Product) => Product,
			budget?: Budget,
		): Promise<Product | undefined> {
			const product = await database.transaction(async (transaction) => {
				const [current] = await lockProducts(transaction, [sku])
				if (current === undefined) return undefined
				const next = change(current)
				if (next === current) return current
				await updateProducts(transaction, [next])
				return (await findProducts(transaction, [sku]))[0]
			}, budget)
			changed([sku])
			return product
		},
	}
}

const selectProducts: Statement = {
	name: 'select-products',
	text: `select ${productColumns} from product p join stock s using (sku) where p.sku = any($1::text[])`,
}

function findProducts(queryable: Queryable, skus: readonly string[]): Promise<Product[]> {
	return queryable.query<Product>(selectProducts, [skus])
}

const selectProductsForUpdate: Statement = {
	name: 'select-products-for-update',
	text: `${selectProducts.text} order by p.sku for no key update of p`,
}

/** The products that exist, locked in the order of their skus. */
export function lockProducts(transaction: Queryable, skus: readonly string[]): Promise<Product[]> {
	return transaction.query<Product>(selectProductsForUpdate, [skus])
}

// The rows of a JSON array, as `toRow` makes them.
const given = `
	jsonb_to_recordset($1::jsonb) as given (
		sku text, title text, description text, brand text, category text, currency text, "amountMinor" bigint,
		attributes jsonb, "imageUrls" text[], archived boolean, search jsonb
	)`

// Each word as it is, and its English stem.
const weighted = (weight: string) => {
	const words = `given.search ->> '${weight}'`
	return `setweight(to_tsvector('simple', ${words}) || to_tsvector('english', ${words}), '${weight}')`
}
const searchDocument = ['a', 'b', 'c', 'd'].map(weighted).join(' || ')

function toRow(product: ProductFields | Product): object {
	return { ...product, search: searchTextOf(product) }
}

const insertProducts: Statement = {
	name: 'insert-products',
	text: `
		with created as (
			insert into product (
				sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, search_document, search_text
			)
			select
				given.sku, title, description, brand, category, currency, "amountMinor", attributes, "imageUrls",
				${searchDocument}, given.search ->> 'text'
			from ${given}
			order by given.sku collate "C"
			on conflict (sku) do nothing
			returning sku
		), stocked as (
			insert into stock (sku) select sku from created
		)
		select sku from created`,
}

/** Inserts the products whose skus are free, with an empty stock, and returns the inserted skus. Each sku comes once. */
export async function insertMissingProducts(
	transaction: Queryable,
	products: readonly ProductFields[],
): Promise<string[]> {
	const created = await transaction.query<{ sku: string }>(insertProducts, [JSON.stringify(products.map(toRow))])
	return created.map(({ sku }) => sku)
}

const updateLockedProducts: Statement = {
	name: 'update-locked-products',
	text: `
		update product set
			title = given.title,
			description = given.description,
			brand = given.brand,
			category = given.category,
			currency = given.currency,
			amount_minor = given."amountMinor",
			attributes = given.attributes,
			image_urls = given."imageUrls",
			archived = given.archived,
			version = product.version + 1,
			updated_at = now(),
			search_document = ${searchDocument},
			search_text = given.search ->> 'text'
		from ${given}
		where product.sku = given.sku`,
}

/** Writes products that this transaction has locked: the fields that callers set, and whether they are archived. */
export async function updateProducts(transaction: Queryable, products: readonly Product[]): Promise<void> {
	await transaction.query(updateLockedProducts, [JSON.stringify(products.map(toRow))])
}
