import type { Database, Reads } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { productColumns, productTables } from '../products/product-store.ts'
import type { Given, GivenPart } from './give-products.ts'
import type { OwnedProduct, OwnedProductsPage } from './list-products.ts'

export type OwnerStore = ReturnType<typeof createOwnerStore>

/** The products with the sources that own their parts. */
export function createOwnerStore(database: Pick<Database, 'transaction'>, reads: Pick<Reads, 'within'>) {
	return {
		/** A page of products by sku. */
		listProducts({ source, after = '', size }: OwnedProductsPage, budget?: Budget): Promise<OwnedProduct[]> {
			const queryable = reads.within(budget)
			return source === ''
				? queryable.query(listAllProducts, [after, size])
				: queryable.query(listSourceProducts, [after, size, source])
		},

		/** Gives the parts to a source if all products exist. */
		async giveProducts(
			skus: readonly string[],
			{ source, parts }: { source: string; parts: readonly GivenPart[] },
			budget?: Budget,
		): Promise<Given> {
			return database.transaction(async (transaction) => {
				const locked = await transaction.query<{ sku: string }>(lockGivenProducts, [skus])
				const found = new Set(locked.map(({ sku }) => sku))
				const missingSkus = skus.filter((sku) => !found.has(sku))
				if (missingSkus.length > 0) return { missingSkus, changedCount: 0 }
				const has = (part: GivenPart) => parts.includes(part)
				const changed = await transaction.query(giveLockedProducts, [
					skus,
					source,
					has('content'),
					has('price'),
					has('quantity'),
				])
				return { missingSkus, changedCount: changed.length }
			}, budget)
		},
	}
}

const columns = `
	${productColumns}, s.on_hand as "onHand", p.content_source as "contentSource", p.price_source as "priceSource",
	p.quantity_source as "quantitySource"`

const listAllProducts: Statement = {
	name: 'list-all-products',
	text: `select ${columns} from ${productTables} where p.sku > $1 order by p.sku limit $2`,
}

const listSourceProducts: Statement = {
	name: 'list-source-products',
	text: `
		select ${columns} from ${productTables}
		where p.content_source = $3 and p.content_source <> '' and p.sku > $1
		order by p.sku limit $2`,
}

const lockGivenProducts: Statement = {
	name: 'lock-given-products',
	text: 'select sku from product where sku = any($1::text[]) order by sku for no key update',
}

const giveLockedProducts: Statement = {
	name: 'give-locked-products',
	text: `
		update product set
			content_source = case when $3::boolean then $2 else content_source end,
			price_source = case when $4::boolean then $2 else price_source end,
			quantity_source = case when $5::boolean then $2 else quantity_source end
		where sku = any($1::text[]) and (
			($3::boolean and content_source <> $2)
			or ($4::boolean and price_source <> $2)
			or ($5::boolean and quantity_source <> $2)
		)
		returning sku`,
}
