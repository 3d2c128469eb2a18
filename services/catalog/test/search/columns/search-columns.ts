import type { Database } from '@mercat/database/database'
import { openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { createBudget } from '@mercat/service/budget'
import type { Engine } from '@mercat/testing/test-database'
import { createColumnsStore } from '../../../src/search/columns/columns-store.ts'
import { createColumns } from '../../../src/search/columns/create-columns.ts'
import type { FollowColumnsOptions } from '../../../src/search/columns/follow-columns.ts'
import { migrationsFolder } from '../../../src/server.ts'

export type TestProduct = {
	sku: string
	doc?: number | null
	title?: string
	category?: string
	brand?: string
	group?: string
	currency?: string
	amount?: number
	createdAt?: string
	onHand?: number
	archived?: boolean
}

/** A database of a catalog without a service. */
export async function openColumnsDatabase(engine: Engine): Promise<Database> {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url, { hasFixedPlans: true }))
	const resources = opened.move()
	return { ...database, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

/** The columns of one process on a database. */
export function columnsOf(database: Database, options: Omit<FollowColumnsOptions, 'signal'> = {}) {
	const log = { info() {}, error() {} }
	const columns = createColumns({ store: createColumnsStore(database), log }, options)
	return { ...columns, view: () => columns.refresh(createBudget(10_000)) }
}

/** Writes products as one statement. A product that exists gets the new values. */
export async function writeProducts(queryable: Pick<Database, 'query'>, products: TestProduct[]): Promise<void> {
	await queryable.query(upsertProducts, [
		JSON.stringify(
			products.map((product) => ({
				doc: null,
				title: 'A thing',
				category: '',
				brand: '',
				group: '',
				currency: 'EUR',
				amount: 100,
				createdAt: '2026-01-01T00:00:00Z',
				onHand: 0,
				archived: false,
				...product,
			})),
		),
	])
}

const upsertProducts = `
	with given as materialized (
		select * from jsonb_to_recordset($1::jsonb) as given (
			sku text, doc integer, title text, category text, brand text, "group" text, currency text, amount bigint,
			"createdAt" timestamptz, "onHand" bigint, archived boolean
		)
	), written as (
		insert into product (
			sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, archived, created_at,
			product_group, search_doc, search_document, search_text
		)
		select sku, title, '', brand, category, currency, amount, '{}', '{}', archived, "createdAt", "group", doc, '', ''
		from given
		on conflict (sku) do update set
			title = excluded.title, brand = excluded.brand, category = excluded.category, currency = excluded.currency,
			amount_minor = excluded.amount_minor, archived = excluded.archived, created_at = excluded.created_at,
			product_group = excluded.product_group, search_doc = excluded.search_doc
		returning sku
	)
	insert into stock (sku, on_hand) select sku, "onHand" from given join written using (sku)
	on conflict (sku) do update set on_hand = excluded.on_hand`
