import { isOrderId } from '@mercat/catalog-api/identifiers'
import type { ObservedResource } from '@mercat/rest-service/observed-request'

/** The orders that requests are about, as the log and the spans name them. */
export const orderResource: ObservedResource = {
	logName: 'orderId',
	attribute: 'mercat.order.id',
	idOf({ resourceId, route, routed }) {
		if (resourceId !== undefined || !route?.url?.startsWith('/v1/orders/:id')) return resourceId
		const { id } = (routed?.params ?? {}) as { id?: string }
		return id !== undefined && isOrderId(id) ? id : undefined
	},
}
