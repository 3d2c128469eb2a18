import { isSku } from '@mercat/catalog-api/identifiers'
import type { ObservedResource } from '@mercat/rest-service/observed-request'

/** The products that requests are about, as the log and the spans name them. */
export const productResource: ObservedResource = {
	logName: 'sku',
	attribute: 'mercat.product.sku',
	idOf({ resourceId, routed }) {
		if (resourceId !== undefined) return resourceId
		const { sku } = (routed?.params ?? {}) as { sku?: string }
		return sku !== undefined && isSku(sku) ? sku : undefined
	},
}
