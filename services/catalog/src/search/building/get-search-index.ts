import type { GetSearchIndexRequest__Output as Request } from '@mercat/catalog-api/messages/GetSearchIndexRequest'
import type { GetSearchIndexResponse as Response } from '@mercat/catalog-api/messages/GetSearchIndexResponse'
import type { Budget } from '@mercat/service/budget'
import { type IndexStatus, toStatusMessage } from './index-status.ts'

export type GetSearchIndexNeeds = {
	readStatus(budget: Budget): Promise<IndexStatus>
}

export function getSearchIndex({ readStatus }: GetSearchIndexNeeds) {
	return async (_: Request, budget: Budget): Promise<Response> => ({
		status: toStatusMessage(await readStatus(budget)),
	})
}
