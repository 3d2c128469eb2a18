import type { ImportProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { invalidField } from '../errors/catalog-error.ts'
import { checkSourceOrShop } from '../errors/identifiers.ts'
import type { FeedRules, ImportRun } from '../feeds/run-store.ts'
import { createPriceJudge, type HoldChange, type KnownHold } from '../held-prices/price-judge.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import { type AppliedRows, applyRows, type StockSetting } from './apply-rows.ts'
import { countRows } from './count-rows.ts'
import type { ImportedProduct, ImportRow } from './import-row.ts'
import { type FailedRow, type RowOutcome, toResponse } from './row-outcome.ts'
import { createRowReader } from './validate-row.ts'

/** What rows are decided on: the products that exist, in any order, and what their prices are held against. */
export type ImportView = { products: ImportedProduct[]; holds: KnownHold[]; rules: FeedRules }

/** The steps of the transaction of one import. */
export type ImportTransaction = {
	/** @throws CatalogError FEED_RUN_ENDED */
	joinRun(run: ImportRun): Promise<FeedRules>
	/** Inserts the products whose skus are free, with their stock, and returns the inserted skus. Each sku comes once. */
	insertProducts(
		products: readonly ImportedProduct[],
		settings: readonly StockSetting[],
		who: string,
	): Promise<string[]>
	/**
	 * The products that exist, and their holds, under locks.
	 *
	 * @param countedSkus the skus whose stock is locked, too
	 */
	lockView(skus: readonly string[], countedSkus: readonly string[], source: string): Promise<Omit<ImportView, 'rules'>>
	updateProducts(products: readonly ImportedProduct[]): Promise<void>
	/** `who` is the subject of the caller. */
	setStock(levels: readonly StockLevel[], settings: readonly StockSetting[], who: string): Promise<void>
	noteFound(skus: readonly string[]): Promise<void>
	writeHolds(changes: readonly HoldChange[]): Promise<void>
}

export type ImportProductsNeeds = {
	/** One look without a lock. */
	readView(skus: readonly string[], run: ImportRun, trace: TraceContext): Promise<ImportView>
	importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>, trace: TraceContext): Promise<T>
}

const mostUpserts = 500

/**
 * Upserts the valid rows of one request, and names the other rows. A row counts once: as created, updated, unchanged,
 * held or failed. The rows are decided on a look without locks first. Only products that something is written of are
 * locked, and their rows decided again, in one transaction.
 */
export function importProducts(needs: ImportProductsNeeds) {
	return async (request: Request, trace: TraceContext, { subject }: Pick<Identity, 'subject'>): Promise<Response> => {
		const { run, rows, failures } = validRequest(request)
		const outcomes =
			rows.length === 0 ? [] : await applyToCatalog(rows, { ...request, run, who: subject, trace }, needs)
		const all = [...failures, ...outcomes]
		if (!request.validateOnly) countRows(all)
		return toResponse(all)
	}
}

function validRequest({ upserts, source, runNumber }: Request) {
	if (upserts.length > mostUpserts) throw invalidField('upserts', `must have at most ${mostUpserts} items`)
	checkSourceOrShop('source', source)
	if (runNumber < 0) throw invalidField('run_number', 'must not be negative')
	if (runNumber > 0 && source === '') throw invalidField('source', 'is required by a run of a feed')
	const run: ImportRun = { source, runNumber }
	const read = upserts.map(createRowReader(run))
	const isFailed = (row: ImportRow | FailedRow): row is FailedRow => 'result' in row
	return { run, failures: read.filter(isFailed), rows: read.filter((row): row is ImportRow => !isFailed(row)) }
}

type Order = { run: ImportRun; validateOnly: boolean; who: string; trace: TraceContext }

async function applyToCatalog(
	rows: readonly ImportRow[],
	{ run, validateOnly, who, trace }: Order,
	{ readView, importTransaction }: ImportProductsNeeds,
): Promise<RowOutcome[]> {
	const seen = decide(rows, await readView([...new Set(rows.map(({ sku }) => sku))], run, trace), run)
	const touched = skusToWrite(seen)
	if (validateOnly || touched.size === 0) return seen.outcomes
	const written = await importTransaction(
		(transaction) => writeRows(rows, { seen, touched }, { run, who }, transaction),
		trace,
	)
	return seen.outcomes.map((outcome, index) => written.get(index) ?? outcome)
}

type Decided = AppliedRows & { holdChanges: readonly HoldChange[] }

function decide(rows: readonly ImportRow[], { products, holds, rules }: ImportView, { source }: ImportRun): Decided {
	const judge = createPriceJudge({ source, holds, ...rules })
	const applied = applyRows(rows, products, { source, judge })
	return { ...applied, holdChanges: judge.changes }
}

function skusToWrite({ newProducts, changedProducts, changedLevels, foundSkus, holdChanges }: Decided): Set<string> {
	const named = [newProducts, changedProducts, changedLevels, holdChanges].flat().map(({ sku }) => sku)
	return new Set([...named, ...foundSkus])
}

/** Writes what the rows change, and returns the outcomes of the rows that it decided again, by their places. */
async function writeRows(
	rows: readonly ImportRow[],
	{ seen, touched }: { seen: Decided; touched: ReadonlySet<string> },
	{ run, who }: Pick<Order, 'run' | 'who'>,
	transaction: ImportTransaction,
): Promise<Map<number, RowOutcome>> {
	const rules = await transaction.joinRun(run)
	const inserted = new Set(
		seen.newProducts.length === 0 ? [] : await transaction.insertProducts(seen.newProducts, seen.settings, who),
	)
	const holdsOfNew = seen.holdChanges.filter(({ sku }) => inserted.has(sku))
	if (holdsOfNew.length > 0) await transaction.writeHolds(holdsOfNew)
	// A product that is new here may have come from another transaction meanwhile.
	const left = new Set([...touched].filter((sku) => !inserted.has(sku)))
	if (left.size === 0) return new Map()
	const places = [...rows.keys()].filter((place) => left.has(rows[place]?.sku ?? ''))
	const again = places.flatMap((place) => rows[place] ?? [])
	const counted = again.filter(({ onHand }) => onHand !== undefined).map(({ sku }) => sku)
	const view = await transaction.lockView([...left], [...new Set(counted)], run.source)
	const decided = decide(again, { ...view, rules }, run)
	if (decided.changedProducts.length > 0) await transaction.updateProducts(decided.changedProducts)
	if (decided.settings.length > 0) await transaction.setStock(decided.changedLevels, decided.settings, who)
	if (decided.foundSkus.length > 0) await transaction.noteFound(decided.foundSkus)
	if (decided.holdChanges.length > 0) await transaction.writeHolds(decided.holdChanges)
	return new Map(places.flatMap((place, index) => (decided.outcomes[index] ? [[place, decided.outcomes[index]]] : [])))
}
