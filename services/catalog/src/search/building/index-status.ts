import type { SearchIndexStatus } from '@mercat/catalog-api/messages/SearchIndexStatus'

export type IndexStatus = {
	/** Whether the first build has ended. */
	complete: boolean
	isRebuilding: boolean
	productCount: number
	/** During a rebuild: the products that it has not reached, as many as there were when it began. */
	pendingProductCount: number
}

export function toStatusMessage({ complete, isRebuilding, ...counts }: IndexStatus): SearchIndexStatus {
	if (!complete) return { state: 'SEARCH_INDEX_STATE_BUILDING', ...counts }
	return { state: isRebuilding ? 'SEARCH_INDEX_STATE_REBUILDING' : 'SEARCH_INDEX_STATE_READY', ...counts }
}
