import type { HoldFacts, HoldWrites } from '../held-prices/hold-book.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import type { StockSetting } from './apply-rows.ts'
import { type DecidedRows, decideRows, type ImportOrder, type ImportView } from './decide-rows.ts'
import type { ImportedProduct, ImportRow } from './import-row.ts'
import type { RowOutcome } from './row-outcome.ts'

/** The steps of the transaction of one import. */
export type ImportTransaction = {
	/**
	 * Keeps the run of the import from being followed by another before the transaction has ended, and makes the next run ask
	 * for the whole feed.
	 *
	 * @throws CatalogError FEED_RUN_ENDED
	 */
	enterRun(order: ImportOrder): Promise<void>
	/** Inserts the products whose skus are free, with their stock, and returns the inserted skus. Each sku comes once. */
	insertProducts(
		products: readonly ImportedProduct[],
		settings: readonly StockSetting[],
		who: string,
	): Promise<string[]>
	/** The products that exist, under locks. */
	lockProducts(skus: readonly string[], options: LockOptions): Promise<ImportedProduct[]>
	/** What the prices of products that are locked are judged by. */
	readHoldFacts(skus: readonly string[], source: string): Promise<HoldFacts>
	/** `before` has the products as they were under the locks. */
	updateProducts(products: readonly ImportedProduct[], before: readonly ImportedProduct[]): Promise<void>
	updatePrices(products: readonly ImportedProduct[]): Promise<void>
	/** `who` is the subject of the caller. */
	setStock(levels: readonly StockLevel[], settings: readonly StockSetting[], who: string): Promise<void>
	writeHolds(writes: HoldWrites): Promise<void>
}

/** The stock of these products is locked, too. */
export type LockOptions = { countedSkus: readonly string[] }

export type WrittenRows = {
	/** The outcomes of the rows that were decided again, by their places. */
	outcomes: ReadonlyMap<number, RowOutcome>
	/** What was written about holds. */
	holds: HoldWrites[]
}

/** Writes what the rows change. Rows of products that were there are decided again, under the locks of the products. */
export async function writeRows(
	rows: readonly ImportRow[],
	{ seen, view }: { seen: DecidedRows; view: ImportView },
	order: ImportOrder,
	transaction: ImportTransaction,
): Promise<WrittenRows> {
	const { source, who } = order
	await transaction.enterRun(order)
	const inserted = new Set(
		seen.newProducts.length === 0 ? [] : await transaction.insertProducts(seen.newProducts, seen.settings, who),
	)
	const holdsOfNew = holdsOf(seen.holds, inserted)
	if (hasAny(holdsOfNew)) await transaction.writeHolds(holdsOfNew)

	// A product that was to be inserted may have come from another transaction meanwhile.
	const left = [...seen.skusToWrite].filter((sku) => !inserted.has(sku))
	if (left.length === 0) return { outcomes: new Map(), holds: [holdsOfNew] }
	const places = [...rows.entries()].filter(([, { sku }]) => !inserted.has(sku) && seen.skusToWrite.has(sku))
	const rowsAgain = places.map(([, row]) => row)
	const counted = rowsAgain.filter(({ onHand }) => onHand !== undefined).map(({ sku }) => sku)
	// Sent together: the facts are read once the products are locked.
	const [products, holdFacts] = await Promise.all([
		transaction.lockProducts(left, { countedSkus: [...new Set(counted)] }),
		view.maxPriceChangePercent === undefined ? view.holdFacts : transaction.readHoldFacts(left, source),
	])
	const decided = decideRows(rowsAgain, { ...view, products, holdFacts }, source)
	const { changedProducts, repricedProducts, changedLevels, settings, holds, outcomes } = decided
	if (changedProducts.length > 0) await transaction.updateProducts(changedProducts, products)
	if (repricedProducts.length > 0) await transaction.updatePrices(repricedProducts)
	if (settings.length > 0) await transaction.setStock(changedLevels, settings, who)
	if (hasAny(holds)) await transaction.writeHolds(holds)
	return {
		outcomes: new Map(places.flatMap(([place], index) => (outcomes[index] ? [[place, outcomes[index]]] : []))),
		holds: [holdsOfNew, holds],
	}
}

function hasAny(holds: HoldWrites): boolean {
	return Object.values(holds).some((writes) => writes.length > 0)
}

// A request may have a second row for a new product, whose price is judged against that of the first.
function holdsOf(
	{ held, renewed, withdrawn, expired, opinions, lapsed }: HoldWrites,
	skus: ReadonlySet<string>,
): HoldWrites {
	const isOfThem = ({ sku }: { sku: string }) => skus.has(sku)
	return {
		held: held.filter(isOfThem),
		renewed: renewed.filter(isOfThem),
		withdrawn: withdrawn.filter(isOfThem),
		expired: expired.filter(isOfThem),
		opinions: opinions.filter(isOfThem),
		lapsed: lapsed.filter(isOfThem),
	}
}
