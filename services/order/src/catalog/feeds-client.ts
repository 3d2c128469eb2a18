import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { HoldResolution } from '@mercat/catalog-api/messages/HoldResolution'
import type { FeedList, FeedRunList } from '@mercat/order-api/feed-schemas'
import type { DecidedPrice, HeldPriceList } from '@mercat/order-api/held-price-schemas'
import type { PriceLimits, PriceLimitsSetting } from '@mercat/order-api/price-limit-schemas'
import type { Money } from '@mercat/rest-api/money'
import type { Budget } from '@mercat/service/budget'
import type { CatalogCall } from './catalog-call.ts'
import { toMoneyMessage } from './catalog-money.ts'
import { toDecidedPrice, toFeed, toFeedRun, toHeldPrice, toPriceLimits } from './feed-messages.ts'
import { staffProblem } from './staff-problem.ts'

type Page = { pageSize: number; pageToken: string }
type Decision = { holdId: string; price: Money }

/** The calls of the order service about feeds and held prices, each with the token of the caller. */
export function createFeedsClient(call: CatalogCall) {
	// The scope of the token is checked by the catalog, too.
	const withToken = (token: string) => ({ token, explain: staffProblem })

	async function resolve({ holdId, price }: Decision, resolution: HoldResolution, token: string, budget: Budget) {
		const request = { holdId, price: toMoneyMessage(price), resolution }
		return toDecidedPrice(await call(catalogRpcs.ResolveHeldPrice, request, budget, withToken(token)))
	}

	return {
		/** A page of the feeds, by name. */
		async listFeeds(page: Page, token: string, budget: Budget): Promise<FeedList> {
			const { feeds, nextPageToken } = await call(catalogRpcs.ListFeeds, page, budget, withToken(token))
			return { feeds: feeds.map((feed) => toFeed(feed, new Date())), nextPageToken }
		},

		/** A page of the runs of a feed, the newest first. */
		async listFeedRuns(page: Page & { feed: string }, token: string, budget: Budget): Promise<FeedRunList> {
			const { runs, nextPageToken } = await call(catalogRpcs.ListFeedRuns, page, budget, withToken(token))
			return { runs: runs.map(toFeedRun), nextPageToken }
		},

		/** A page of the held prices, the oldest first; only those of a source or of a product when it is not empty. */
		async listHeldPrices(
			page: Page & { source: string; sku: string },
			token: string,
			budget: Budget,
		): Promise<HeldPriceList> {
			const { heldPrices, nextPageToken } = await call(catalogRpcs.ListHeldPrices, page, budget, withToken(token))
			return { heldPrices: heldPrices.map(toHeldPrice), nextPageToken }
		},

		/** Gives the product the new price. The same call again changes nothing. */
		approveHeldPrice(decision: Decision, token: string, budget: Budget): Promise<DecidedPrice> {
			return resolve(decision, 'HOLD_RESOLUTION_APPROVE', token, budget)
		},

		/** Drops the new price. The same call again changes nothing. */
		rejectHeldPrice(decision: Decision, token: string, budget: Budget): Promise<DecidedPrice> {
			return resolve(decision, 'HOLD_RESOLUTION_REJECT', token, budget)
		},

		async getPriceLimits(sku: string, token: string, budget: Budget): Promise<PriceLimits> {
			const { limits } = await call(catalogRpcs.GetPriceLimits, { sku }, budget, withToken(token))
			return toPriceLimits(limits, sku)
		},

		/** The limits take the place of the ones before. */
		async setPriceLimits(
			{ sku, floor, ceiling }: PriceLimitsSetting & { sku: string },
			token: string,
			budget: Budget,
		): Promise<PriceLimits> {
			const asked = { sku, floor: floor && toMoneyMessage(floor), ceiling: ceiling && toMoneyMessage(ceiling) }
			const { limits } = await call(catalogRpcs.SetPriceLimits, { limits: asked }, budget, withToken(token))
			return toPriceLimits(limits, sku)
		},
	}
}
