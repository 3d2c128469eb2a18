import type { Database } from '@mercat/database/database'
import type { Queryable, Statement } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { TraceContext } from '@mercat/service/tracing'
import { feedRunEnded } from '../feeds/feed-run.ts'
import { enterFeedRun, findFeedTerms, forgetFeedValidators, renewFeedRun } from '../feeds/run-lease-store.ts'
import { noHoldFacts } from '../held-prices/hold-book.ts'
import { readHoldFacts, writeHolds } from '../held-prices/hold-store.ts'
import { usualMaxPriceChangePercent } from '../held-prices/judge-price.ts'
import type { TextIndex } from '../products/text-index.ts'
import {
	givenProducts,
	indexBySku,
	indexColumnNames,
	indexColumns,
	toRows,
	updatePrices,
	updateProducts,
} from '../products/written-product-store.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import type { StockSetting } from './apply-rows.ts'
import type { ImportOrder, ImportView } from './decide-rows.ts'
import type { ImportedProduct } from './import-row.ts'
import type { ImportTransaction } from './write-rows.ts'

// A statement writes hundreds of products with their search documents.
const longestStatementMs = 15_000

type ReadOrder = Pick<ImportOrder, 'source' | 'runNumber'> & { trace?: TraceContext }

export type ImportStore = ReturnType<typeof createImportStore>

export type ImportListeners = {
	/** Is called with the skus of products that may have changed. */
	productsChanged(skus: Iterable<string>): void
	/** Is called with the skus of products whose stock may have changed. */
	stockChanged(skus: Iterable<string>): void
}

const nobody: ImportListeners = { productsChanged() {}, stockChanged() {} }

export function createImportStore(
	database: Database,
	texts: TextIndex<Queryable>,
	{ productsChanged, stockChanged }: ImportListeners = nobody,
) {
	return {
		async readView(skus: readonly string[], { source, runNumber, trace }: ReadOrder): Promise<ImportView> {
			const budget = budgetForEach(longestStatementMs, trace)
			const queryable = database.within(budget)
			const products = queryable.query<ImportedProduct>(selectForImport, [skus])
			if (source === '') return { products: await products, holdFacts: noHoldFacts, maxPriceChangePercent: undefined }
			const [found, holdFacts, terms] = await Promise.all([
				products,
				readHoldFacts(queryable, skus, source),
				runNumber > 0 ? renewFeedRun(queryable, source, runNumber) : findFeedTerms(queryable, source),
			])
			if (runNumber > 0 && terms === undefined) throw feedRunEnded(source)
			const { maxPriceChangePercent } = terms ?? { maxPriceChangePercent: usualMaxPriceChangePercent }
			return { products: found, holdFacts, maxPriceChangePercent }
		},

		async importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>, trace?: TraceContext): Promise<T> {
			const touched = { products: new Set<string>(), stock: new Set<string>() }
			try {
				return await database.transaction(
					(transaction) => work(stepsOf(transaction, texts, touched)),
					budgetForEach(longestStatementMs, trace),
				)
			} finally {
				// After an error as well: the commit may have happened.
				productsChanged(touched.products)
				stockChanged(touched.stock)
			}
		},
	}
}

/** The skus of products that a transaction may have changed. */
type Touched = { products: Set<string>; stock: Set<string> }

function stepsOf(transaction: Queryable, texts: TextIndex<Queryable>, touched: Touched): ImportTransaction {
	const touch = (part: keyof Touched, things: readonly { sku: string }[]) => {
		for (const { sku } of things) touched[part].add(sku)
	}
	return {
		async enterRun({ source, runNumber }) {
			if (source === '') return
			if (runNumber === 0) await forgetFeedValidators(transaction, source)
			else if ((await enterFeedRun(transaction, source, runNumber)) === undefined) throw feedRunEnded(source)
		},
		async insertProducts(products, settings, who) {
			touch('products', products)
			touch('stock', products)
			return insertProducts(transaction, texts, { products, settings, who })
		},
		async lockProducts(skus, { countedSkus }) {
			for (const sku of skus) touched.products.add(sku)
			// Products first, and each table in the order of skus. So no two transactions deadlock.
			const [products, levels] = await Promise.all([
				transaction.query<ImportedProduct>(lockForImport, [skus]),
				countedSkus.length === 0 ? [] : transaction.query<StockLevel>(lockStockForImport, [countedSkus]),
			])
			const levelBySku = new Map(levels.map((level) => [level.sku, level]))
			return products.map((product) => ({ ...product, ...levelBySku.get(product.sku) }))
		},
		readHoldFacts: (skus, source) => readHoldFacts(transaction, skus, source),
		updateProducts: (products, before) => updateProducts(transaction, texts, { products, before }),
		updatePrices: (products) => updatePrices(transaction, products),
		async setStock(levels, settings, who) {
			touch('stock', levels)
			await transaction.query(setStockByImport, [JSON.stringify(levels), JSON.stringify(settings), who])
		},
		writeHolds: (writes) => writeHolds(transaction, writes),
	}
}

const selectForImport: Statement = {
	name: 'select-for-import',
	text: `
		select p.sku, p.title, p.description, p.brand, p.category, p.currency, p.amount_minor as "amountMinor", p.attributes,
			p.image_urls as "imageUrls", p.product_group as "group", p.archived, p.archived_by as "archivedBy",
			p.content_source as "contentSource", p.price_source as "priceSource", p.quantity_source as "quantitySource",
			s.on_hand as "onHand", s.held
		from product p join stock s using (sku) where p.sku = any($1::text[])`,
}

const lockForImport: Statement = {
	name: 'lock-for-import',
	text: `${selectForImport.text} order by p.sku for no key update of p`,
}

const lockStockForImport: Statement = {
	name: 'lock-stock-for-import',
	text: `
		select sku, on_hand as "onHand", held from stock where sku = any($1::text[])
		order by sku
		for no key update`,
}

// Nobody else can have a movement of a product that is new, so the stock and its movements come in one statement. The
// settings are an object by sku: the plans of services would join two lists by comparing each with each.
const insertByImport: Statement = {
	name: 'insert-by-import',
	text: `
		with created as (
			insert into product (
				sku, title, description, brand, category, currency, amount_minor, attributes, image_urls, product_group,
				content_source, price_source, quantity_source, ${indexColumnNames}
			)
			select
				given.sku, title, description, brand, category, currency, "amountMinor", attributes, "imageUrls", "group",
				$3, $3, $3, ${indexColumns}
			from ${givenProducts}
			order by given.sku collate "C"
			on conflict (sku) do nothing
			returning sku
		), stocked as (
			insert into stock (sku, on_hand)
			select sku, coalesce((select sum(delta) from jsonb_to_recordset($2::jsonb -> sku) as setting (delta bigint)), 0)
			from created
		), moved as (
			insert into stock_movement (sku, kind, cause, delta, reason, who)
			select sku, 'set', cause, delta, 'import', $4::text
			from created, jsonb_to_recordset($2::jsonb -> sku) as setting (cause text, delta bigint)
		)
		select sku from created`,
}

type NewProducts = { products: readonly ImportedProduct[]; settings: readonly StockSetting[]; who: string }

async function insertProducts(
	transaction: Queryable,
	texts: TextIndex<Queryable>,
	{ products, settings, who }: NewProducts,
): Promise<string[]> {
	const source = products[0]?.contentSource ?? ''
	const rows = await transaction.query<{ sku: string }>(insertByImport, [
		await toRows(products, await indexBySku(texts, transaction, products)),
		JSON.stringify(Object.groupBy(settings, ({ sku }) => sku)),
		source,
		who,
	])
	return rows.map(({ sku }) => sku)
}

const setStockByImport: Statement = {
	name: 'set-stock-by-import',
	text: `
		with moved as (
			insert into stock_movement (sku, kind, cause, delta, reason, who)
			select sku, 'set', cause, delta, 'import', $3::text
			from jsonb_to_recordset($2::jsonb) as setting (sku text, cause text, delta bigint)
		)
		update stock set on_hand = level."onHand"
		from jsonb_to_recordset($1::jsonb) as level (sku text, "onHand" bigint)
		where stock.sku = level.sku`,
}
