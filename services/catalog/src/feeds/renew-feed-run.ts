import type { RenewFeedRunRequest__Output as Request } from '@mercat/catalog-api/messages/RenewFeedRunRequest'
import type { RenewFeedRunResponse as Response } from '@mercat/catalog-api/messages/RenewFeedRunResponse'
import { toDuration } from '@mercat/catalog-api/timestamps'
import type { Budget } from '@mercat/service/budget'
import { checkRun, feedRunEnded, leaseMs, type RunTerms } from './feed-run.ts'

export type RenewFeedRunNeeds = {
	/** Undefined when it is not the run of the feed. */
	renew(feed: string, runNumber: number, budget: Budget): Promise<RunTerms | undefined>
}

/** Extends the lease of a run, also when it is over and no other run has begun. */
export function renewFeedRun({ renew }: RenewFeedRunNeeds) {
	return async ({ feed, runNumber }: Request, budget: Budget): Promise<Response> => {
		checkRun({ feed, runNumber })
		if ((await renew(feed, runNumber, budget)) === undefined) throw feedRunEnded(feed)
		return { leaseDuration: toDuration(leaseMs) }
	}
}
