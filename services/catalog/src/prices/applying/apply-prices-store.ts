import type { PriceOutcome } from '@mercat/catalog-api/messages/PriceOutcome'
import type { Database } from '@mercat/database/database'
import type { Statement, Transaction } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { findFeedTerms, forgetFeedValidators } from '../../feeds/run-lease-store.ts'
import { readHoldFacts, writeHolds } from '../../held-prices/hold-store.ts'
import { usualMaxPriceChangePercent } from '../../held-prices/judge-price.ts'
import type { AppliedPrices } from './apply-prices.ts'
import { type DecidedPrices, decidePrices, type PricedProduct } from './decide-prices.ts'
import { checkEnds, type SentPrices } from './sent-prices.ts'

const addSource: Statement = {
	name: 'add-price-source',
	text: "insert into price_sequence (source, sequence, outcomes) values ($1, 0, '[]') on conflict do nothing",
}

const lockSequence: Statement = {
	name: 'lock-price-sequence',
	text: `
		select sequence, case when sequence = $2 then outcomes end as outcomes, clock_timestamp() as now
		from price_sequence where source = $1 for update`,
}

type SequenceRow = { sequence: number; outcomes: PriceOutcome[] | null; now: Date }

const lockPrices: Statement = {
	name: 'lock-prices',
	text: `
		select sku, currency, amount_minor as "amountMinor", archived, price_source as "priceSource"
		from product where sku = any($1::text[])
		order by sku
		for no key update`,
}

// The version stays. The first price that it came with is kept for updates that send the etag of this version.
const applyLockedPrices: Statement = {
	name: 'apply-locked-prices',
	text: `
		update product set
			currency = given.currency,
			amount_minor = given.amount_minor,
			etag_version = version,
			etag_currency = case when etag_version = version then etag_currency else product.currency end,
			etag_amount_minor = case when etag_version = version then etag_amount_minor else product.amount_minor end
		from unnest($1::text[], $2::text[], $3::bigint[]) as given (sku, currency, amount_minor)
		where product.sku = given.sku`,
}

const storeOutcomes: Statement = {
	name: 'store-price-outcomes',
	text: `
		update price_sequence set sequence = $2, outcomes = $3::jsonb, applied_at = clock_timestamp()
		where source = $1`,
}

export type ApplyPricesStore = ReturnType<typeof createApplyPricesStore>

/** @param changed is called with the skus of products whose price may have changed */
export function createApplyPricesStore(database: Database, changed: (skus: Iterable<string>) => void = () => {}) {
	return {
		async apply(sent: SentPrices, budget?: Budget): Promise<AppliedPrices> {
			const touched = new Set<string>()
			try {
				return await database.transaction((transaction) => applyIn(transaction, sent, touched), budget)
			} finally {
				// After an error as well: the commit may have happened.
				changed(touched)
			}
		},
	}
}

/** Two round trips: one that locks and reads, and one that writes and commits. */
async function applyIn(transaction: Transaction, sent: SentPrices, touched: Set<string>): Promise<AppliedPrices> {
	const { source, sequence, prices } = sent
	const skus = prices.map(({ sku }) => sku)
	// The sequence first: calls of one source follow each other. Then the feed, and then the products in the order of their
	// skus, as imports lock them. So no two transactions deadlock. What the statements after the locks read is true until
	// the end.
	const [, [latest], , products, holdFacts, terms] = await Promise.all([
		transaction.query(addSource, [source]),
		transaction.query<SequenceRow>(lockSequence, [source, sequence]),
		forgetFeedValidators(transaction, source),
		transaction.query<PricedProduct>(lockPrices, [skus]),
		readHoldFacts(transaction, skus, source),
		findFeedTerms(transaction, source),
	])
	if (latest === undefined) throw new Error(`the sequence of ${source} is gone`)
	if (latest.sequence > sequence) return { kind: 'tooLate', lastSequence: latest.sequence }
	if (latest.sequence === sequence) return { kind: 'before', outcomes: latest.outcomes ?? [] }
	checkEnds(prices, latest.now)

	const { maxPriceChangePercent } = terms ?? { maxPriceChangePercent: usualMaxPriceChangePercent }
	const { outcomes, applied, holds } = decidePrices(sent, { products, holdFacts, maxPriceChangePercent })
	for (const { sku } of applied) touched.add(sku)
	await Promise.all([
		applied.length > 0 && transaction.query(applyLockedPrices, columnsOf(applied)),
		writeHolds(transaction, holds),
		transaction.queryAndCommit(storeOutcomes, [source, sequence, JSON.stringify(outcomes)]),
	])
	return { kind: 'now', outcomes, holds }
}

function columnsOf(prices: DecidedPrices['applied']): unknown[][] {
	return [
		prices.map(({ sku }) => sku),
		prices.map(({ currency }) => currency),
		prices.map(({ amountMinor }) => amountMinor),
	]
}
