import { type Database, openDatabase } from '@mercat/database/database'
import { createMigratedDatabase } from '@mercat/database/testing/migrated-database'
import { eventually } from '@mercat/testing/eventually'
import type { Engine } from '@mercat/testing/test-database'
import { expect } from 'vitest'
import { createSearchAuditStore } from '../../../src/audit/search-audit-store.ts'
import { createProductStore } from '../../../src/products/product-store.ts'
import { analysisVersion } from '../../../src/search/analysis/analysis-version.ts'
import { type BuildIndexNeeds, buildIndex } from '../../../src/search/building/build-index.ts'
import { createBuildStore } from '../../../src/search/building/build-store.ts'
import { createTextIndex } from '../../../src/search/indexing/text-index-store.ts'
import { migrationsFolder } from '../../../src/server.ts'

export type ProductRow = { sku: string; doc: number | null; epoch: number | null }

export type OpenBuild = Awaited<ReturnType<typeof openBuild>>

/** A catalog's database with products `P-1` to `P-count` that are still to be indexed, and the build of its index. */
export async function openBuild(engine: Engine, count: number) {
	await using opened = new AsyncDisposableStack()
	const { url } = opened.use(await createMigratedDatabase(engine, migrationsFolder))
	const database = opened.use(await openDatabase(url, { hasFixedPlans: true }))
	await insertAsBefore(
		database,
		Array.from({ length: count }, (_, index) => `P-${index + 1}`),
	)
	// As after an upgrade: the products are older than the index.
	await database.query('update product set search_epoch = null')
	await database.query("update search_index set complete = false, completed_at = null, rebuilt_to = ''")
	const texts = createTextIndex()
	const store = createBuildStore(database, texts)
	const resources = opened.move()

	async function rows(): Promise<ProductRow[]> {
		return database.query('select sku, search_doc as doc, search_epoch as epoch from product order by sku')
	}

	/** Builds until there is nothing to do at once, or for so many batches. */
	async function build({ needs = {}, size = 2, batches = Number.POSITIVE_INFINITY }: BuildOptions = {}) {
		const stop = new AbortController()
		let begun = 0
		const readState = () => {
			if (++begun >= batches) stop.abort()
			return store.readState()
		}
		await buildIndex({ ...store, analysisVersion, ...needs, readState })({ signal: stop.signal, size })
	}

	return {
		url,
		database,
		texts,
		store,
		products: createProductStore(database, texts),
		rows,
		build,
		/** Builds until the build has ended, and expects that the index has every product. */
		async expectWhole() {
			const state = 'select complete, rebuilt_to as "rebuiltTo" from search_index'
			// Transactions of other tests on the same server may be older than the rebuild.
			await eventually(async () => {
				await build()
				expect(await database.query(state)).toEqual([{ complete: true, rebuiltTo: null }])
			})
			const waiting = 'select sku from product where search_epoch is distinct from (select epoch from search_index)'
			expect(await database.query(waiting)).toEqual([])
			expect(await createSearchAuditStore(database).searchBreaches(true)).toEqual([])
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

type BuildOptions = {
	/** Replace steps of the build. */
	needs?: Partial<BuildIndexNeeds>
	size?: number
	batches?: number
}

/** Inserts products as a replica of the version before does, with titles like "Mug P-1". */
export async function insertAsBefore(database: Database, skus: string[]): Promise<void> {
	await database.query(
		`with created as (
			insert into product (
				sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, search_document, search_text
			)
			select sku, 'Mug ' || sku, '', '', '', 'EUR', 1290, '{}', '{}', to_tsvector('simple', 'mug ' || sku), 'mug ' || lower(sku)
			from unnest($1::text[]) as sku
			returning sku
		)
		insert into stock (sku) select sku from created`,
		[skus],
	)
}

/** Changes a title as a replica of the version before does. */
export async function renameAsBefore(database: Database, sku: string, title: string): Promise<void> {
	await database.query(
		`update product set title = $2, version = version + 1, search_document = to_tsvector('simple', lower($2)), search_text = lower($2)
		where sku = $1`,
		[sku, title],
	)
}
