import type { RenewFeedRunRequest__Output as Request } from '@mercat/catalog-api/messages/RenewFeedRunRequest'
import type { RenewFeedRunResponse as Response } from '@mercat/catalog-api/messages/RenewFeedRunResponse'
import { toDuration } from '@mercat/catalog-api/timestamps'
import type { Budget } from '@mercat/service/budget'
import { checkRun, leaseMs } from './feed-run.ts'

export type RenewFeedRunNeeds = {
	/** @throws CatalogError FEED_RUN_ENDED when it is not the run of the feed */
	renew(feed: string, runNumber: number, budget: Budget): Promise<void>
}

/** Extends the lease of a run, also when it is over and no other run has begun. */
export function renewFeedRun({ renew }: RenewFeedRunNeeds) {
	return async ({ feed, runNumber }: Request, budget: Budget): Promise<Response> => {
		checkRun({ feed, runNumber })
		await renew(feed, runNumber, budget)
		return { leaseDuration: toDuration(leaseMs) }
	}
}
