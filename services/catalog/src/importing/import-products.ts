import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ImportProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'
import type { ProductUpsert__Output as Upsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { invalidRequest } from '../grpc/errors.ts'
import type { Product, ProductFields } from '../products/product.ts'
import { amountProblem, productFields, productViolations } from '../products/validate-product.ts'
import type { ImportTransaction, StockLevel, StockSetting } from './import-store.ts'

type Needs = { importTransaction<T>(work: (transaction: ImportTransaction) => Promise<T>): Promise<T> }

type ImportRow = { rowNumber: number; fields: ProductFields; onHand: number | undefined }

type Failure = { rowNumber: number; sku: string; reason: string; message: string }

type Outcome = { createdCount: number; updatedCount: number; unchangedCount: number; failures: Failure[] }

const mostUpserts = 500

/**
 * Upserts what is valid in one request, in one transaction, and names the rest. A row counts once: as
 * created, updated, unchanged or failed. With STOCK_HELD the product is written, its stock is not.
 */
export function importProducts({ importTransaction }: Needs) {
	return async ({ upserts }: Request): Promise<Response> => {
		if (upserts.length > mostUpserts) {
			throw invalidRequest([{ field: 'upserts', description: `must be at most ${mostUpserts}` }])
		}
		const { rows, failures } = validRows(upserts)
		if (rows.length === 0) return { failures }
		const outcome = await importTransaction((transaction) => importRows(rows, transaction))
		const all = [...failures, ...outcome.failures]
		return { ...outcome, failures: all.sort((one, other) => one.rowNumber - other.rowNumber) }
	}
}

async function importRows(rows: readonly ImportRow[], transaction: ImportTransaction): Promise<Outcome> {
	const firsts = new Map(rows.toReversed().map(({ fields }) => [fields.sku, fields]))
	const created = await transaction.insertMissingProducts([...firsts.values()])
	const products = await transaction.lockProducts([...firsts.keys()])
	const counted = rows.filter(({ onHand }) => onHand !== undefined).map(({ fields }) => fields.sku)
	const levels = counted.length === 0 ? [] : await transaction.lockStock([...new Set(counted)])
	const { changedProducts, changedLevels, settings, outcome } = applyRows(rows, created, products, levels)
	if (changedProducts.length > 0) await transaction.updateProducts(changedProducts)
	if (settings.length > 0) await transaction.setStock(changedLevels, settings)
	return outcome
}

/** What the rows make, one after another, of the products and stock that are there. */
function applyRows(
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
	const outcome: Outcome = { createdCount: 0, updatedCount: 0, unchangedCount: 0, failures: [] }

	for (const [index, row] of rows.entries()) {
		const { sku } = row.fields
		const product = productBySku.get(sku)
		if (product === undefined) throw new Error(`${sku} was inserted and is not there`)
		if (product.archived) {
			outcome.failures.push(failure(row, 'PRODUCT_ARCHIVED', 'the product is archived and was left as it is'))
			continue
		}
		const changes = differs(product, row.fields)
		if (changes) {
			const changed = { ...product, ...row.fields }
			productBySku.set(sku, changed)
			changedProducts.set(sku, changed)
		}
		const level = levelBySku.get(sku)
		const restocked = level &&
			row.onHand !== undefined &&
			row.onHand !== level.onHand && { ...level, onHand: row.onHand }
		if (restocked && restocked.onHand < restocked.held) {
			outcome.failures.push(failure(row, 'STOCK_HELD', `${restocked.held} are held, so the stock was left as it is`))
			continue
		}
		if (restocked) {
			levelBySku.set(sku, restocked)
			changedLevels.set(sku, restocked)
			settings.push({ sku, cause: `${importId}/${index}`, delta: restocked.onHand - level.onHand })
		}
		// Only the first row of a new sku is the one that created it.
		if (created.delete(sku)) outcome.createdCount++
		else if (changes || restocked) outcome.updatedCount++
		else outcome.unchangedCount++
	}
	return {
		changedProducts: [...changedProducts.values()],
		changedLevels: [...changedLevels.values()],
		settings,
		outcome,
	}
}

function differs(product: Product, fields: ProductFields): boolean {
	const names = Object.keys(fields) as (keyof ProductFields)[]
	return names.some((name) => !isDeepStrictEqual(product[name], fields[name]))
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
		failures.push({
			rowNumber,
			sku: printableSku(product?.sku ?? ''),
			reason: 'INVALID_REQUEST',
			message: message.join('; '),
		})
	}
	return { rows, failures }
}

function failure({ rowNumber, fields }: ImportRow, reason: string, message: string): Failure {
	return { rowNumber, sku: fields.sku, reason, message }
}

const mostViolations = 5

// A sku that is at fault may be anything, of any length.
function printableSku(sku: string): string {
	return sku.slice(0, 64).toWellFormed()
}
