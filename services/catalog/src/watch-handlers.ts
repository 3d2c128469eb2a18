import { status } from '@grpc/grpc-js'
import type { CatalogServiceHandlers } from '@mercat/catalog-api/messages/CatalogService'

/** The stream of changes of products. */
export function watchHandlers() {
	return {
		WatchProducts: (call) => {
			call.emit('error', { code: status.UNIMPLEMENTED, details: 'not built yet' })
		},
	} satisfies Partial<CatalogServiceHandlers>
}
