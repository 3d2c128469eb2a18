import type { TraceContext } from '@mercat/service/tracing'
import { type HoldFacts, type HoldWrites, noHoldWrites, openHoldBook } from '../held-prices/hold-book.ts'
import { type AppliedRows, applyRows } from './apply-rows.ts'
import type { ImportedProduct, ImportRow } from './import-row.ts'

/** Who imports. */
export type ImportOrder = {
	/** Empty for the shop itself. */
	source: string
	/** 0 for an import that is no run of a feed. */
	runNumber: number
	/** The subject of the caller. */
	who: string
	trace: TraceContext
}

/** What rows are decided on. */
export type ImportView = {
	/** The products that exist, in any order. */
	products: readonly ImportedProduct[]
	holdFacts: HoldFacts
	/** Undefined for the shop, whose prices are not judged. */
	maxPriceChangePercent: number | undefined
}

export type DecidedRows = AppliedRows & {
	holds: HoldWrites
	/** The products of which something is to be written. */
	skusToWrite: ReadonlySet<string>
}

/** Decides what the rows of a request do to the products. */
export function decideRows(
	rows: readonly ImportRow[],
	{ products, holdFacts, maxPriceChangePercent }: ImportView,
	source: string,
): DecidedRows {
	const book =
		maxPriceChangePercent === undefined ? undefined : openHoldBook(holdFacts, { source, maxPriceChangePercent })
	const applied = applyRows(rows, products, { source, book })
	const holds = book?.writes() ?? noHoldWrites
	const { newProducts, changedProducts, repricedProducts, changedLevels } = applied
	const changed = [newProducts, changedProducts, repricedProducts, changedLevels, Object.values(holds).flat()].flat()
	return { ...applied, holds, skusToWrite: new Set(changed.map(({ sku }) => sku)) }
}
