import { invalidRequest } from '../grpc/errors.ts'
import { isOrderId } from '../grpc/identifiers.ts'

const mostOrderIds = 256

/**
 * Each id once, in the order in which reservations are locked.
 *
 * @throws CatalogError INVALID_REQUEST
 */
export function validateOrderIds(orderIds: string[]): string[] {
	if (orderIds.length < 1 || orderIds.length > mostOrderIds) {
		throw invalidRequest([{ field: 'order_ids', description: `1 to ${mostOrderIds}` }])
	}
	const violations = orderIds.flatMap((orderId, index) =>
		isOrderId(orderId) ? [] : [{ field: `order_ids[${index}]`, description: 'a UUID in lower case' }],
	)
	if (violations.length > 0) throw invalidRequest(violations)
	return [...new Set(orderIds)].sort()
}
