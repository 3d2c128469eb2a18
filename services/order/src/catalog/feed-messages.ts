import type { Feed__Output } from '@mercat/catalog-api/messages/Feed'
import type { FeedRun__Output } from '@mercat/catalog-api/messages/FeedRun'
import type { FeedRunOutcome__Output } from '@mercat/catalog-api/messages/FeedRunOutcome'
import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import type { PriceLimits__Output } from '@mercat/catalog-api/messages/PriceLimits'
import type { ResolveHeldPriceResponse__Output } from '@mercat/catalog-api/messages/ResolveHeldPriceResponse'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import type { Feed, FeedRun } from '@mercat/order-api/feed-schemas'
import type { DecidedPrice, HeldPrice } from '@mercat/order-api/held-price-schemas'
import type { PriceLimits } from '@mercat/order-api/price-limit-schemas'
import type { Money } from '@mercat/rest-api/money'
import { toMoney } from './catalog-money.ts'
import { toIsoTime } from './catalog-time.ts'
import { invalidAnswer } from './failures/invalid-answer.ts'

const outcomes: Record<FeedRunOutcome__Output, FeedRun['outcome']> = {
	FEED_RUN_OUTCOME_UNSPECIFIED: null,
	FEED_RUN_OUTCOME_SYNCED: 'synced',
	FEED_RUN_OUTCOME_UNCHANGED: 'unchanged',
	FEED_RUN_OUTCOME_HELD: 'held',
	FEED_RUN_OUTCOME_FAILED: 'failed',
	FEED_RUN_OUTCOME_STOPPED: 'stopped',
	FEED_RUN_OUTCOME_NOT_RUN: 'notRun',
}

/**
 * @param now tells whether the lease of a run without an end is over, and so whether the run goes on
 * @throws Problem CATALOG_ERROR when the catalog's message is no feed
 */
export function toFeed({ name, lastRun, lastSyncTime, heldPriceCount }: Feed__Output, now: Date): Feed {
	return {
		name,
		isRunning: lastRun !== null && goesOn(lastRun, now),
		lastRun: lastRun && toFeedRun(lastRun),
		lastSyncAt: lastSyncTime && toIsoTime(lastSyncTime),
		heldPrices: heldPriceCount,
	}
}

function goesOn({ endTime, leaseEndTime }: FeedRun__Output, now: Date): boolean {
	return endTime === null && leaseEndTime !== null && millisecondsOf(leaseEndTime) > now.getTime()
}

/** @throws Problem CATALOG_ERROR when the catalog's message is no run of a feed */
export function toFeedRun({ number, startTime, endTime, outcome, reason, counts }: FeedRun__Output): FeedRun {
	return {
		number,
		startedAt: toIsoTime(startTime),
		endedAt: endTime && toIsoTime(endTime),
		// A later catalog may have more outcomes, and its run has ended all the same.
		outcome: outcomes[outcome] ?? null,
		reason,
		...(counts ?? noCounts),
	}
}

const noCounts = {
	bytes: 0,
	attempts: 0,
	rows: 0,
	created: 0,
	updated: 0,
	unchanged: 0,
	held: 0,
	rejected: 0,
	missing: 0,
}

/** @throws Problem CATALOG_ERROR when the catalog's message is no held price */
export function toHeldPrice(held: HeldPrice__Output): HeldPrice {
	const { id, sku, title, source, rule, figures, opinions, since, until } = held
	return {
		id,
		sku,
		title,
		source,
		oldPrice: priceOf(held.oldPrice),
		newPrice: priceOf(held.newPrice),
		currentPrice: priceOf(held.currentPrice),
		rule,
		figures,
		opinions: opinions.map(({ source, price, time }) => ({ source, price: priceOf(price), at: toIsoTime(time) })),
		since: toIsoTime(since),
		until: until && toIsoTime(until),
	}
}

/** @throws Problem CATALOG_ERROR when the catalog's message has no price */
export function toDecidedPrice({ sku, price }: ResolveHeldPriceResponse__Output): DecidedPrice {
	return { sku, price: priceOf(price) }
}

/** @throws Problem CATALOG_ERROR when the catalog's answer is not the limits of the product */
export function toPriceLimits(limits: PriceLimits__Output | null, sku: string): PriceLimits {
	if (limits?.sku !== sku) throw invalidAnswer('with the limits of another product')
	const { floor, ceiling } = limits
	return { sku, floor: floor && toMoney(floor), ceiling: ceiling && toMoney(ceiling) }
}

function priceOf(price: Money__Output | null): Money {
	if (price === null) throw invalidAnswer('a held price without a price')
	return toMoney(price)
}
