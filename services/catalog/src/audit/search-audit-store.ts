import type { Database } from '@mercat/database/database'
import type { Queryable } from '@mercat/database/queryable'
import { budgetForEach } from '@mercat/service/budget'
import type { ProductText } from '../products/text-index.ts'
import { analyseProduct } from '../search/analysis/analyse-product.ts'
import { analysisVersion } from '../search/analysis/analysis-version.ts'
import { DamagedIndexError } from '../search/segments/damaged-index-error.ts'
import { decodePostings } from '../search/segments/decode-postings.ts'
import { encodeSegment } from '../search/segments/encode-segment.ts'
import { readRow } from '../search/segments/postings-row.ts'
import { openSegment } from '../search/segments/segment.ts'
import type { Breach } from './catalog-audit-store.ts'
import { createTextSums } from './text-sums.ts'

export type SearchAuditStore = ReturnType<typeof createSearchAuditStore>

type IndexState = { epoch: number; analysis: number; complete: boolean; rebuiltTo: string | null }
type IndexedProduct = ProductText & { doc: number }
type TextSums = ReturnType<typeof createTextSums>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const productsOnPage = 500
const docsOnPage = 50_000
const segmentsOnPage = 20
const rowsOnPage = 500
const mostNamed = 100

export function createSearchAuditStore(database: Database) {
	return {
		/** Whether the schema has the index. The catalog before it had none. */
		async hasIndex(): Promise<boolean> {
			const [found] = await database.query<{ exists: boolean }>(
				"select to_regclass('search_index') is not null as exists",
			)
			return found?.exists ?? false
		},

		/**
		 * The products that the index lacks, or has otherwise than their texts are. All is read as it is at one moment, so a breach
		 * is one also while the catalog works. Texts are compared only with an index that this version of the analysis has made, and
		 * wait for their index only while a catalog runs.
		 */
		searchBreaches: (catalogRuns: boolean): Promise<Breach[]> =>
			database.transaction(async (transaction) => {
				await transaction.query('set transaction isolation level repeatable read, read only')
				const [state] = await transaction.query<IndexState>(
					'select epoch, analysis, complete, rebuilt_to as "rebuiltTo" from search_index',
				)
				if (state === undefined) return [{ subject: 'search_index', finding: 'its row is missing' }]
				const left = await productBreaches(transaction, state, catalogRuns)
				return state.analysis === analysisVersion ? [...left, ...(await textBreaches(transaction, state))] : left
			}, patience),
	}
}

async function productBreaches(
	queryable: Queryable,
	{ epoch, complete, rebuiltTo }: IndexState,
	catalogRuns: boolean,
): Promise<Breach[]> {
	const isBuilt = complete && rebuiltTo === null
	const statements: [text: string, values: unknown[]][] = [
		[
			`select min(sku) as subject, format('%s products have the doc %s', count(*), search_doc) as finding
			from product where search_doc is not null group by search_doc having count(*) > 1`,
			[],
		],
		[
			`select sku as subject, 'it is in the present epoch of the index, and has no doc' as finding
			from product where search_epoch = $1 and search_doc is null`,
			[epoch],
		],
		[
			`select sku as subject, format('its text waits to be indexed since %s', updated_at) as finding
			from product where search_epoch = 0 and updated_at < now() - interval '10 minutes' and $1`,
			[catalogRuns],
		],
		[
			`select sku as subject, 'its text is to be indexed, and no build knows of it' as finding
			from product left join search_waiting using (sku) where search_epoch = 0 and search_waiting.sku is null`,
			[],
		],
	]
	if (isBuilt) {
		statements.push([
			`select sku as subject, format('it is in the epoch %s of the index, which is in the epoch %s', coalesce(search_epoch::text, 'none'), $1::integer) as finding
			from product where search_epoch is null or search_epoch not in (0, $1)`,
			[epoch],
		])
	}
	const breaches: Breach[] = []
	for (const [text, values] of statements) breaches.push(...(await queryable.query<Breach>(text, values)))
	return breaches
}

async function textBreaches(queryable: Queryable, { epoch }: IndexState): Promise<Breach[]> {
	const sums = createTextSums(await readDocs(queryable, epoch))
	const isIndexed = '(search_epoch = $2 and search_doc is not null)'
	const columns = 'sku, title, description, brand, category, attributes, search_doc as doc'
	let sku = ''
	for (;;) {
		const products = await queryable.query<IndexedProduct>(
			`select ${columns} from product where sku > $1 and ${isIndexed} order by sku limit ${productsOnPage}`,
			[sku, epoch],
		)
		if (products.length === 0) break
		addSegment(sums, encodeSegment(toDocs(products)), 1)
		sku = products.at(-1)?.sku ?? sku
	}
	const damages = await subtractStoredIndex(queryable, sums)
	const docs = sums.differing()
	const named = await queryable.query<Breach>(
		`select sku as subject, format('the index has other words than its text, as the doc %s', search_doc) as finding
		from product where search_doc = any($1::integer[]) order by sku`,
		[docs.slice(0, mostNamed)],
	)
	const others = docs.length - mostNamed
	const rest = others > 0 ? [{ subject: `${others} more products`, finding: 'the index has other words' }] : []
	return [...damages, ...named, ...rest]
}

// Of products with the same doc, which are reported already, the first counts.
function toDocs(products: readonly IndexedProduct[]) {
	const byDoc = new Map(products.toReversed().map((product) => [product.doc, product]))
	return [...byDoc].map(([doc, product]) => ({ ...analyseProduct(product), doc }))
}

/** The docs of the epoch in ascending order, each once. */
async function readDocs(queryable: Queryable, epoch: number): Promise<Uint32Array> {
	const pages: Uint32Array[] = []
	let after = 0
	for (;;) {
		const rows = await queryable.query<{ doc: number }>(
			`select distinct search_doc as doc from product where search_epoch = $1 and search_doc > $2
			order by search_doc limit ${docsOnPage}`,
			[epoch, after],
		)
		if (rows.length === 0) break
		pages.push(Uint32Array.from(rows, ({ doc }) => doc))
		after = rows.at(-1)?.doc ?? after
	}
	const docs = new Uint32Array(pages.reduce((total, page) => total + page.length, 0))
	let at = 0
	for (const page of pages) {
		docs.set(page, at)
		at += page.length
	}
	return docs
}

/** Takes all that the index has from the sums. Returns its rows that nobody can read. */
async function subtractStoredIndex(queryable: Queryable, sums: TextSums): Promise<Breach[]> {
	const damages: Breach[] = []
	const read = (subject: string, work: () => void) => {
		try {
			work()
		} catch (error) {
			if (!(error instanceof DamagedIndexError)) throw error
			damages.push({ subject, finding: `the row is damaged: ${error.message}` })
		}
	}
	for (let id = 0; ; ) {
		const segments = await queryable.query<{ id: number; data: Uint8Array }>(
			`select id, data from search_segment where id > $1 order by id limit ${segmentsOnPage}`,
			[id],
		)
		if (segments.length === 0) break
		for (const segment of segments) read(`segment ${segment.id}`, () => addSegment(sums, segment.data, -1))
		id = segments.at(-1)?.id ?? id
	}
	let last = { token: '', firstDoc: -1 }
	for (;;) {
		const rows = await queryable.query<{ token: string; firstDoc: number; postings: Uint8Array }>(
			`select token, first_doc as "firstDoc", postings from search_posting where (token, first_doc) > ($1, $2)
			order by token, first_doc limit ${rowsOnPage}`,
			[last.token, last.firstDoc],
		)
		if (rows.length === 0) return damages
		for (const { token, firstDoc, postings } of rows) {
			read(`${token} ${firstDoc}`, () => sums.add(token, decodePostings(readRow(firstDoc, postings)), -1))
		}
		last = rows.at(-1) ?? last
	}
}

function addSegment(sums: TextSums, bytes: Uint8Array, sign: 1 | -1): void {
	const segment = openSegment(bytes)
	for (let index = 0; index < segment.tokenCount; index++) {
		sums.add(segment.token(index), decodePostings(segment.part(index)), sign)
	}
}
