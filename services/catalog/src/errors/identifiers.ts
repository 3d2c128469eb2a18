import { isOrderId, isSku, isSource, skuRule, sourceRule } from '@mercat/catalog-api/identifiers'
import { invalidField, invalidRequest } from './catalog-error.ts'

const mostSkus = 100
const mostOrderIds = 256

/** What is wrong with a sku; `undefined` when nothing is. */
export function skuProblem(sku: string): string | undefined {
	return isSku(sku) ? undefined : `must have ${skuRule}`
}

/** What is wrong with the group of a product; `undefined` when nothing is. */
export function groupProblem(group: string): string | undefined {
	return group === '' || isSku(group) ? undefined : `must be empty or have ${skuRule}`
}

/** What is wrong with the name of a source, which is also the name of its feed; `undefined` when nothing is. */
export function sourceProblem(source: string): string | undefined {
	return isSource(source) ? undefined : `must have ${sourceRule}`
}

/** What is wrong with an order's id; `undefined` when nothing is. */
export function orderIdProblem(orderId: string): string | undefined {
	return isOrderId(orderId) ? undefined : 'must be a UUID in lower case'
}

/** @throws CatalogError INVALID_REQUEST unless the field `sku` can be a sku */
export function checkSku(sku: string): void {
	const problem = skuProblem(sku)
	if (problem !== undefined) throw invalidField('sku', problem)
}

/** @throws CatalogError INVALID_REQUEST unless the field `skus` has 1 to `most` possible skus; 100 unless given */
export function checkSkus(skus: readonly string[], most = mostSkus): void {
	checkEach('skus', skus, most, skuProblem)
}

/** @throws CatalogError INVALID_REQUEST unless the field can be the name of a source, which is the name of its feed */
export function checkSource(field: string, source: string): void {
	const problem = sourceProblem(source)
	if (problem !== undefined) throw invalidField(field, problem)
}

/** @throws CatalogError INVALID_REQUEST unless the field is empty or can be the name of a source */
export function checkSourceOrShop(field: string, source: string): void {
	const problem = source === '' ? undefined : sourceProblem(source)
	if (problem !== undefined) throw invalidField(field, `${problem}, or be empty for the shop itself`)
}

/**
 * Each id of the field `order_ids` once, in the order in which reservations are locked.
 *
 * @throws CatalogError INVALID_REQUEST unless there are 1 to 256, each in its one spelling
 */
export function sortedOrderIds(orderIds: readonly string[]): string[] {
	checkEach('order_ids', orderIds, mostOrderIds, orderIdProblem)
	return [...new Set(orderIds)].sort()
}

function checkEach(
	field: string,
	values: readonly string[],
	most: number,
	problemOf: (value: string) => string | undefined,
): void {
	if (values.length < 1 || values.length > most) throw invalidField(field, `must have 1 to ${most} items`)
	const violations = values.flatMap((value, index) => {
		const description = problemOf(value)
		return description === undefined ? [] : [{ field: `${field}[${index}]`, description }]
	})
	if (violations.length > 0) throw invalidRequest(violations)
}
