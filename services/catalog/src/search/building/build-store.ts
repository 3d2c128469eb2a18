import type { Database } from '@mercat/database/database'
import type { Queryable, Statement, Transaction } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { TextIndex } from '../../products/text-index.ts'
import {
	type BuildIndexNeeds,
	type BuildState,
	cutSlice,
	passedSku,
	type RebuildPlace,
	type SeenProduct,
	type SkuInEpoch,
} from './build-index.ts'
import { dropPreviousIndexes } from './previous-indexes-store.ts'

// A batch writes hundreds of products.
const longestStatementMs = 15_000

// Most of the products that a rebuild looks at a second time are in the epoch.
const skusForProduct = 4

export type BuildStore = Omit<BuildIndexNeeds, 'analysisVersion'>

export function createBuildStore(database: Database, texts: Pick<TextIndex<Queryable>, 'indexTexts'>): BuildStore {
	const patient = () => budgetForEach(longestStatementMs)
	const query = <R>(statement: Statement, values: readonly unknown[] = []) =>
		database.within(patient()).query<R>(statement, values)

	return {
		async readState() {
			const [state] = await query<BuildState>(readState)
			if (state === undefined) throw new Error('the row of search_index is missing')
			return state
		},

		async adoptAnalysis(analysis) {
			await query(adoptAnalysis, [analysis])
		},

		async readSlice({ epoch, rebuiltTo }, size) {
			const rows = await query<SkuInEpoch>(readSkus, [rebuiltTo, size * skusForProduct])
			const { skus, toIndex } = cutSlice(rows, epoch, size)
			return { skus, products: toIndex.length === 0 ? [] : await query<SeenProduct>(readSeen, [toIndex]) }
		},

		indexSlice: (place, slice) =>
			database.transaction(async (transaction) => {
				if (!(await isAt(transaction, place))) return 0
				const indexed = await indexSeen(transaction, texts, slice.products)
				const passed = passedSku(slice, indexed)
				if (passed === undefined) return indexed.size
				await transaction.query(moveRebuild, [passed, slice.skus.indexOf(passed) + 1])
				return slice.skus.length
			}, patient()),

		endPass: (place) =>
			database.transaction(async (transaction) => {
				if (await isAt(transaction, place)) await transaction.query(endPass)
			}, patient()),

		readWaiting: (size) => query<SeenProduct>(readWaiting, [size]),

		indexWaiting: (epoch, products) =>
			database.transaction(async (transaction) => {
				const [free] = await transaction.query(lockEpoch, [epoch])
				if (free === undefined) return 0
				await indexSeen(transaction, texts, products)
				return (await transaction.query(deleteIndexed)).length
			}, patient()),

		dropPrevious: () => dropPreviousIndexes(database),
	}
}

const readState: Statement = {
	name: 'read-build-state',
	text: `
		select epoch, analysis, rebuilt_to as "rebuiltTo",
			check_from is null or check_from <= pg_snapshot_xmin(pg_current_snapshot()) as "mayGoOn",
			exists (select from search_waiting) as "isAnyWaiting",
			complete and completed_at < now() - interval '1 hour' and to_regclass('product_search_text') is not null
				as "isPreviousLeft"
		from search_index`,
}

/** Begins a rebuild. */
export const beginning = `epoch = epoch + 1, rebuilt_to = '', check_from = null, rebuild_done = 0,
	rebuild_total = (select count(*) from product)`

const adoptAnalysis: Statement = {
	name: 'adopt-analysis',
	text: `
		with emptied as (
			update search_index set analysis = $1 where analysis < $1 and complete and not exists (select from product)
			returning 1
		)
		update search_index set analysis = $1, ${beginning} where analysis < $1 and not exists (select from emptied)`,
}

const seenColumns = `sku, title, description, brand, category, attributes, version,
	search_doc as "searchDoc", search_epoch as "searchEpoch"`

const readSkus: Statement = {
	name: 'read-skus-to-index',
	text: 'select sku, search_epoch as "searchEpoch" from product where sku > $1 order by sku limit $2',
}

const readSeen: Statement = {
	name: 'read-texts-to-index',
	text: `select ${seenColumns} from product where sku = any($1::text[]) order by sku`,
}

const readWaiting: Statement = {
	name: 'read-products-to-index',
	text: `
		select ${seenColumns} from product
		where sku = any(array(select sku from search_waiting order by sku limit $1)) and search_epoch = 0
		order by sku`,
}

// Nobody changes the product of a row that is deleted. A transaction that sets the epoch to 0 leaves the row that is there already.
const deleteIndexed: Statement = {
	name: 'delete-indexed-products',
	text: `
		with indexed as materialized (
			select sku from product
			where sku = any(array(select sku from search_waiting order by sku limit 1000)) and search_epoch is distinct from 0
			order by sku
			for no key update skip locked
		)
		delete from search_waiting where sku = any(array(select sku from indexed))
		returning 1`,
}

// Only one process at a time writes a batch. The others look again later.
const lockPlace: Statement = {
	name: 'lock-rebuild',
	text: 'select epoch from search_index where epoch = $1 and rebuilt_to = $2 for no key update skip locked',
}

const lockEpoch: Statement = {
	name: 'lock-index',
	text: 'select epoch from search_index where epoch = $1 for no key update skip locked',
}

async function isAt(transaction: Transaction, { epoch, rebuiltTo }: RebuildPlace): Promise<boolean> {
	return (await transaction.query(lockPlace, [epoch, rebuiltTo])).length > 0
}

const moveRebuild: Statement = {
	name: 'move-rebuild',
	text: 'update search_index set rebuilt_to = $1, rebuild_done = rebuild_done + case when check_from is null then $2::integer else 0 end',
}

const endPass: Statement = {
	name: 'end-rebuild-pass',
	text: `
		update search_index set
			rebuilt_to = case when check_from is null then '' end,
			check_from = case when check_from is null then pg_snapshot_xmax(pg_current_snapshot()) end,
			complete = complete or check_from is not null,
			completed_at = case when complete or check_from is not null then coalesce(completed_at, now()) end`,
}

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
async function indexSeen(
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
