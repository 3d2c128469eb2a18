import { isSku, skuRule } from '@mercat/catalog-api/identifiers'
import { invalidField } from '../errors/invalid-request.ts'
import { checkItems } from './check-items.ts'

const mostSkus = 100

/** What is wrong with a sku; `undefined` when nothing is. */
export function skuProblem(sku: string): string | undefined {
	return isSku(sku) ? undefined : `must have ${skuRule}`
}

/** @throws GeneralError INVALID_REQUEST unless the field `sku` can be a sku */
export function checkSku(sku: string): void {
	const problem = skuProblem(sku)
	if (problem !== undefined) throw invalidField('sku', problem)
}

/** @throws GeneralError INVALID_REQUEST unless the field `skus` has 1 to `most` possible skus; 100 unless given */
export function checkSkus(skus: readonly string[], most = mostSkus): void {
	checkItems('skus', skus, most, skuProblem)
}
