import { randomUUID } from 'node:crypto'
import type { HoldBook, PriceVerdict } from '../held-prices/hold-book.ts'
import { isSamePrice } from '../held-prices/judge-price.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import { attributesProblem, changedContent, newProduct } from './change-content.ts'
import { type ImportedProduct, type ImportRow, sourceSkuName } from './import-row.ts'
import type { FailedRow, ProductPart, RowOutcome } from './row-outcome.ts'

/** One entry of the ledger for a stock that an import set. */
export type StockSetting = { sku: string; cause: string; delta: number }

export type ApplyRowsOptions = {
	/** The source of the rows; empty for the shop itself. */
	source: string
	/** Judges the prices of a source. The prices of the shop need no judgement. */
	book: HoldBook | undefined
}

/** What the rows of a request make of the products. */
export type AppliedRows = {
	/** One for each row, in their order. */
	outcomes: RowOutcome[]
	/** Products that were not there, as they are after the last row. */
	newProducts: ImportedProduct[]
	/** Products that were there, and have other content or another state now. Some have another price, too. */
	changedProducts: ImportedProduct[]
	/** Products that were there, and have only another price now. */
	repricedProducts: ImportedProduct[]
	/** The stock of products that were there. */
	changedLevels: StockLevel[]
	settings: StockSetting[]
}

/** Applies the rows one after another to the products that are there. */
export function applyRows(
	rows: readonly ImportRow[],
	known: readonly ImportedProduct[],
	options: ApplyRowsOptions,
): AppliedRows {
	const importId = randomUUID()
	const products = new Map(known.map((product) => [product.sku, product]))
	const created = new Set<string>()
	const changed = new Set<string>()
	const repriced = new Set<string>()
	const restocked = new Set<string>()
	const settings: StockSetting[] = []
	const outcomes = rows.map((row, index): RowOutcome => {
		const before = products.get(row.sku)
		if (before === undefined) {
			const product = newProduct(row, options.source)
			if (product === undefined) return failed(row, 'INVALID_REQUEST', missingProduct)
			const problem = attributesProblem(product.attributes)
			if (problem !== undefined) return failed(row, 'INVALID_REQUEST', problem)
			products.set(row.sku, product)
			created.add(row.sku)
			if (product.onHand > 0) settings.push({ sku: row.sku, cause: `${importId}/${index}`, delta: product.onHand })
			return { result: 'created', rowNumber: row.rowNumber, sku: row.sku, changedParts: [] }
		}
		const { after, outcome } = applyRow(row, before, options)
		products.set(row.sku, after)
		const { changedParts } = outcome
		if (changedParts.includes('content')) changed.add(row.sku)
		if (changedParts.includes('price')) repriced.add(row.sku)
		if (changedParts.includes('stock')) {
			restocked.add(row.sku)
			settings.push({ sku: row.sku, cause: `${importId}/${index}`, delta: after.onHand - before.onHand })
		}
		return outcome
	})
	const asTheyAre = (skus: Iterable<string>) => [...skus].flatMap((sku) => products.get(sku) ?? [])
	const wereThere = (skus: Iterable<string>) => asTheyAre(skus).filter(({ sku }) => !created.has(sku))
	return {
		outcomes,
		newProducts: asTheyAre(created),
		changedProducts: wereThere(changed),
		repricedProducts: wereThere(repriced).filter(({ sku }) => !changed.has(sku)),
		changedLevels: wereThere(restocked).map(({ sku, onHand, held }) => ({ sku, onHand, held })),
		settings,
	}
}

const missingProduct = 'there is no product with this sku, and a new one needs a title and a price'

type Applied = { after: ImportedProduct; outcome: RowOutcome }

function applyRow(row: ImportRow, before: ImportedProduct, { source, book }: ApplyRowsOptions): Applied {
	const refused = (reason: string, message: string) => ({ after: before, outcome: failed(row, reason, message) })
	const owns = (owner: string) => source === '' || source === owner
	// What its own feed has archived comes back with its next row.
	const comesBack = before.archived && source !== '' && before.archivedBy === source && before.contentSource === source
	if (before.archived && !comesBack) return refused('PRODUCT_ARCHIVED', 'the product is archived and was left as it is')
	const madeFrom = before.attributes[sourceSkuName] ?? before.sku
	if (row.sourceSku !== undefined && row.sourceSku !== madeFrom) {
		return refused('SKU_TAKEN', takenText(row.sourceSku, before.sku, madeFrom))
	}
	const change = changedContent(before, row)
	if (change.problem !== undefined) return refused('INVALID_REQUEST', change.problem)

	const after = { ...before }
	const changedParts: ProductPart[] = []
	const problems: { reason: string; message: string }[] = []
	const refusePart = (part: string, owner: string) =>
		problems.push({
			reason: 'OTHER_SOURCE',
			message: `the ${part} belongs to ${owner || 'the shop'} and was left as it is`,
		})

	if (change.content !== undefined && !owns(before.contentSource)) refusePart('content', before.contentSource)
	else if (change.content !== undefined || comesBack) {
		Object.assign(after, change.content, { archived: false, archivedBy: '' })
		changedParts.push('content')
	}

	let verdict: PriceVerdict | undefined
	if (row.price !== undefined) {
		const isOther = !isSamePrice(before, row.price)
		if (!owns(before.priceSource)) {
			book?.hear(row.sku, row.price)
			if (isOther) refusePart('price', before.priceSource)
		} else {
			verdict = book?.judge(row.sku, before, row.price) ?? { kind: 'apply' }
			if (verdict.kind === 'apply' && isOther) {
				Object.assign(after, row.price)
				changedParts.push('price')
			}
		}
	}

	if (row.onHand !== undefined && row.onHand !== before.onHand) {
		if (!owns(before.quantitySource)) refusePart('stock', before.quantitySource)
		else if (row.onHand < before.held) {
			problems.push({ reason: 'STOCK_HELD', message: `${before.held} are held, so the stock was left as it is` })
		} else {
			after.onHand = row.onHand
			changedParts.push('stock')
		}
	}

	const { rowNumber, sku } = row
	const [problem] = problems
	if (problem !== undefined) {
		const message = problems.map((one) => one.message).join('; ')
		return { after, outcome: { result: 'failed', rowNumber, sku, reason: problem.reason, message, changedParts } }
	}
	if (verdict?.kind === 'hold') {
		return { after, outcome: { result: 'held', rowNumber, sku, hold: verdict.hold, changedParts } }
	}
	return { after, outcome: { result: changedParts.length > 0 ? 'updated' : 'unchanged', rowNumber, sku, changedParts } }
}

/** @param given the sku that the row has, before ours was made from it */
function takenText(given: string, sku: string, madeFrom: string): string {
	if (given === sku) return `${sku} is the product that was made from ${madeFrom}`
	return `${given} becomes ${sku}, which is ${madeFrom === sku ? 'another product' : `the product of ${madeFrom}`}`
}

function failed({ rowNumber, sku }: ImportRow, reason: string, message: string): FailedRow {
	return { result: 'failed', rowNumber, sku, reason, message, changedParts: [] }
}
