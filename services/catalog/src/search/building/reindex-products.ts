import type { ReindexProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ReindexProductsRequest'
import type { ReindexProductsResponse as Response } from '@mercat/catalog-api/messages/ReindexProductsResponse'
import type { Budget } from '@mercat/service/budget'
import { type IndexStatus, toStatusMessage } from './index-status.ts'

export type ReindexProductsNeeds = {
	/** Has all products indexed anew in the background, unless that is under way. */
	beginRebuild(budget: Budget): Promise<void>
	readStatus(budget: Budget): Promise<IndexStatus>
}

export function reindexProducts({ beginRebuild, readStatus }: ReindexProductsNeeds) {
	return async (_: Request, budget: Budget): Promise<Response> => {
		await beginRebuild(budget)
		return { status: toStatusMessage(await readStatus(budget)) }
	}
}
