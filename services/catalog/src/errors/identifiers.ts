import { isOrderId, isSku, isSource, skuRule, sourceRule } from '@mercat/catalog-api/identifiers'
import { checkItems } from '@mercat/grpc-service/check-items'
import { invalidField } from '@mercat/grpc-service/invalid-request'

const mostOrderIds = 256

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

/** @throws GeneralError INVALID_REQUEST unless the field can be the name of a source, which is the name of its feed */
export function checkSource(field: string, source: string): void {
	const problem = sourceProblem(source)
	if (problem !== undefined) throw invalidField(field, problem)
}

/** @throws GeneralError INVALID_REQUEST unless the field is empty or can be the name of a source */
export function checkSourceOrShop(field: string, source: string): void {
	const problem = source === '' ? undefined : sourceProblem(source)
	if (problem !== undefined) throw invalidField(field, `${problem}, or be empty for the shop itself`)
}

/**
 * Each id of the field `order_ids` once, in the order in which reservations are locked.
 *
 * @throws GeneralError INVALID_REQUEST unless there are 1 to 256, each in its one spelling
 */
export function sortedOrderIds(orderIds: readonly string[]): string[] {
	checkItems('order_ids', orderIds, mostOrderIds, orderIdProblem)
	return [...new Set(orderIds)].sort()
}
