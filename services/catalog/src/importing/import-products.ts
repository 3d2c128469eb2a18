import type { ImportProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { ProductUpsert__Output as Upsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { Identity } from '@mercat/service/tokens'
import type { TraceContext } from '@mercat/service/tracing'
import { invalidField } from '../errors/catalog-error.ts'
import { amountProblem } from '../errors/field-problems.ts'
import type { Product, ProductFields } from '../products/product.ts'
import { productFields, productViolations } from '../products/validate-product.ts'
import type { StockLevel } from '../stock/stock-level.ts'
import { applyRows, type Failure, type ImportOutcome, type ImportRow, type StockSetting } from './apply-rows.ts'
import { countRows } from './count-rows.ts'

/** The steps of the transaction of one import. */
export type ImportTransaction = {
	/** Inserts the products that are missing, and returns the inserted skus. Each sku comes once. */
	insertMissingProducts(products: readonly ProductFields[]): Promise<string[]>
	lockProducts(skus: readonly string[]): Promise<Product[]>
	updateProducts(products: readonly Product[]): Promise<void>
	lockStock(skus: readonly string[]): Promise<StockLevel[]>
	/** `who` is the subject of the caller. */
	setStock(levels: readonly StockLevel[], settings: readonly StockSetting[], who: string): Promise<void>
}

export type ImportProductsNeeds = {
	importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>, trace: TraceContext): Promise<T>
}

const mostUpserts = 500

/**
 * Upserts the valid rows of one request in one transaction, and names the other rows. A row counts once: as created,
 * updated, unchanged or failed. A row that fails with STOCK_HELD has written its product, but not its stock; its failure
 * names the parts that it has changed.
 */
export function importProducts({ importTransaction }: ImportProductsNeeds) {
	return async (
		{ upserts }: Request,
		trace: TraceContext,
		{ subject }: Pick<Identity, 'subject'>,
	): Promise<Response> => {
		if (upserts.length > mostUpserts) throw invalidField('upserts', `must have at most ${mostUpserts} items`)
		const { rows, failures } = validRows(upserts)
		const outcome =
			rows.length === 0
				? undefined
				: await importTransaction((transaction) => importRows(rows, subject, transaction), trace)
		const all = [...failures, ...(outcome?.failures ?? [])]
		const result = { ...outcome, failures: all.sort((one, other) => one.rowNumber - other.rowNumber) }
		countRows(result)
		return result
	}
}

async function importRows(
	rows: readonly ImportRow[],
	who: string,
	transaction: ImportTransaction,
): Promise<ImportOutcome> {
	const firsts = new Map(rows.toReversed().map(({ fields }) => [fields.sku, fields]))
	const created = await transaction.insertMissingProducts([...firsts.values()])
	const products = await transaction.lockProducts([...firsts.keys()])
	const counted = rows.filter(({ onHand }) => onHand !== undefined).map(({ fields }) => fields.sku)
	const levels = counted.length === 0 ? [] : await transaction.lockStock([...new Set(counted)])
	const { changedProducts, changedLevels, settings, outcome } = applyRows(rows, created, products, levels)
	if (changedProducts.length > 0) await transaction.updateProducts(changedProducts)
	if (settings.length > 0) await transaction.setStock(changedLevels, settings, who)
	return outcome
}

function validRows(upserts: readonly Upsert[]): { rows: ImportRow[]; failures: Failure[] } {
	const rows: ImportRow[] = []
	const failures: Failure[] = []
	for (const { rowNumber, product, onHand } of upserts) {
		const violations = productViolations(product)
		const onHandProblem = onHand === undefined ? undefined : amountProblem(onHand)
		if (onHandProblem !== undefined) violations.push({ field: 'on_hand', description: onHandProblem })
		if (product !== null && violations.length === 0) {
			rows.push({ rowNumber, fields: productFields(product), onHand })
			continue
		}
		const message = violations.slice(0, mostViolations).map(({ field, description }) => `${field} ${description}`)
		const others = violations.length - message.length
		if (others > 0) message.push(`${others} more`)
		failures.push({
			rowNumber,
			sku: printableSku(product?.sku ?? ''),
			reason: 'INVALID_REQUEST',
			message: message.join('; '),
			changedParts: [],
		})
	}
	return { rows, failures }
}

const mostViolations = 5

// An invalid sku may be any text of any length.
function printableSku(sku: string): string {
	return sku.slice(0, 64).toWellFormed()
}
