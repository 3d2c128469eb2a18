import type { BeginFeedRunRequest__Output as Request } from '@mercat/catalog-api/messages/BeginFeedRunRequest'
import type { BeginFeedRunResponse as Response } from '@mercat/catalog-api/messages/BeginFeedRunResponse'
import { toDuration } from '@mercat/catalog-api/timestamps'
import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import { CatalogError } from '../errors/catalog-error.ts'
import { checkSource } from '../errors/identifiers.ts'
import { usualMaxPriceChangePercent } from '../held-prices/judge-price.ts'
import { leaseMs, type Validators } from './feed-run.ts'

/** A run that has begun, or the run whose lease keeps the feed. */
export type Beginning =
	| { kind: 'begun'; runNumber: number; validators: Validators | null; heldPrices: number }
	| { kind: 'active'; runNumber: number; leaseEndsInMs: number }

export type BeginFeedRunNeeds = {
	begin(feed: string, maxPriceChangePercent: number, budget: Budget): Promise<Beginning>
}

/** Begins the next run of a feed. */
export function beginFeedRun({ begin }: BeginFeedRunNeeds) {
	return async ({ feed, maxPriceChangePercent }: Request, budget: Budget): Promise<Response> => {
		checkSource('feed', feed)
		const limit = maxPriceChangePercent ?? usualMaxPriceChangePercent
		if (!(limit > 0 && Number.isFinite(limit))) {
			throw invalidField('max_price_change_percent', 'must be a number above 0')
		}
		const beginning = await begin(feed, limit, budget)
		switch (beginning.kind) {
			case 'begun': {
				const { runNumber, validators, heldPrices } = beginning
				return { runNumber, leaseDuration: toDuration(leaseMs), validators, heldPriceCount: heldPrices }
			}
			case 'active':
				throw new CatalogError('FEED_RUN_ACTIVE', {
					metadata: {
						feed,
						runNumber: String(beginning.runNumber),
						leaseEndsInMs: String(Math.max(0, Math.ceil(beginning.leaseEndsInMs))),
					},
				})
		}
	}
}
