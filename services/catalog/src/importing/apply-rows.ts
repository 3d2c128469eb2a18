import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Product, ProductFields } from '../products/product.ts'
import type { StockLevel } from '../stock/stock-level.ts'

export type ImportRow = { rowNumber: number; fields: ProductFields; onHand: number | undefined }

/** The parts of a product that rows change. The price has its currency. */
export type ProductPart = 'content' | 'price'

export type Failure = {
	rowNumber: number
	sku: string
	reason: string
	message: string
	/** The parts that the row has changed all the same. */
	changedParts: ProductPart[]
}

/** Each row counts once, in the first three or as a failure. The other three count changes of products that were there. */
export type ImportOutcome = {
	createdCount: number
	updatedCount: number
	unchangedCount: number
	contentChangedCount: number
	priceChangedCount: number
	stockChangedCount: number
	failures: Failure[]
}

/** One entry of the ledger for a stock that an import set. */
export type StockSetting = { sku: string; cause: string; delta: number }

/** Applies the rows one after another to the products and stock levels that the transaction has locked. */
export function applyRows(
	rows: readonly ImportRow[],
	createdSkus: readonly string[],
	products: readonly Product[],
	levels: readonly StockLevel[],
) {
	const importId = randomUUID()
	const created = new Set(createdSkus)
	const productBySku = new Map(products.map((product) => [product.sku, product]))
	const levelBySku = new Map(levels.map((level) => [level.sku, level]))
	const changedProducts = new Map<string, Product>()
	const changedLevels = new Map<string, StockLevel>()
	const settings: StockSetting[] = []
	const outcome: ImportOutcome = {
		createdCount: 0,
		updatedCount: 0,
		unchangedCount: 0,
		contentChangedCount: 0,
		priceChangedCount: 0,
		stockChangedCount: 0,
		failures: [],
	}

	for (const [index, row] of rows.entries()) {
		const { sku } = row.fields
		const product = productBySku.get(sku)
		if (product === undefined) throw new Error(`${sku} was inserted but cannot be read`)
		if (product.archived) {
			outcome.failures.push(failure(row, 'PRODUCT_ARCHIVED', 'the product is archived and was left as it is'))
			continue
		}
		const parts = changedParts(product, row.fields)
		if (parts.length > 0) {
			const changed = { ...product, ...row.fields }
			productBySku.set(sku, changed)
			changedProducts.set(sku, changed)
		}
		if (parts.includes('content')) outcome.contentChangedCount++
		if (parts.includes('price')) outcome.priceChangedCount++
		const level = levelBySku.get(sku)
		const restocked = level &&
			row.onHand !== undefined &&
			row.onHand !== level.onHand && { ...level, onHand: row.onHand }
		if (restocked && restocked.onHand < restocked.held) {
			const message = `${restocked.held} are held, so the stock was left as it is`
			outcome.failures.push(failure(row, 'STOCK_HELD', message, parts))
			continue
		}
		if (restocked) {
			levelBySku.set(sku, restocked)
			changedLevels.set(sku, restocked)
			settings.push({ sku, cause: `${importId}/${index}`, delta: restocked.onHand - level.onHand })
		}
		// Only the first row of a new sku counts as created.
		if (created.delete(sku)) {
			outcome.createdCount++
			continue
		}
		if (restocked) outcome.stockChangedCount++
		if (parts.length > 0 || restocked) outcome.updatedCount++
		else outcome.unchangedCount++
	}
	return {
		changedProducts: [...changedProducts.values()],
		changedLevels: [...changedLevels.values()],
		settings,
		outcome,
	}
}

function changedParts(product: Product, { currency, amountMinor, ...content }: ProductFields): ProductPart[] {
	const names = Object.keys(content) as (keyof typeof content)[]
	const parts: ProductPart[] = []
	if (names.some((name) => !isDeepStrictEqual(product[name], content[name]))) parts.push('content')
	if (product.currency !== currency || product.amountMinor !== amountMinor) parts.push('price')
	return parts
}

function failure(
	{ rowNumber, fields }: ImportRow,
	reason: string,
	message: string,
	parts: ProductPart[] = [],
): Failure {
	return { rowNumber, sku: fields.sku, reason, message, changedParts: parts }
}
