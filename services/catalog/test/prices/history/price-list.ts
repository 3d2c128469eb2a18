import type { PriceBar } from '../../../src/prices/history/price-bars.ts'
import { openCatalogDatabase } from '../../catalog-database.ts'

export const sku = 'A'
export const dayUs = 86_400_000_000

type Engine = Parameters<typeof openCatalogDatabase>[0]

/** A price and when it was in force, in microseconds since 1970. The present one has no end. */
export type Listed = { currency: string; amountMinor: number; beganAt: number; endedAt: number }

/** A time for a statement, exact to the microsecond. */
export function timeOf(us: number): string {
	const ms = Math.floor(us / 1000)
	return new Date(ms).toISOString().replace('Z', `${String(us - ms * 1000).padStart(3, '0')}Z`)
}

export type PriceList = Awaited<ReturnType<typeof openPriceList>>

/** A product whose prices a test changes at any times it wants, with a list of them to compare the history with. */
export async function openPriceList(engine: Engine, beginsAt: number) {
	const database = await openCatalogDatabase(engine, [sku])
	await database.query('alter table product disable trigger product_price_begins')
	await database.query('update product set created_at = $1', [timeOf(beginsAt)])
	await database.query(
		`update price_history set began_at = $1, folded_until = $1, pruned_before = ($1::timestamptz at time zone 'UTC')::date`,
		[timeOf(beginsAt)],
	)
	const prices: Listed[] = [{ currency: 'EUR', amountMinor: 100, beganAt: beginsAt, endedAt: Number.POSITIVE_INFINITY }]
	const present = () => prices.at(-1) as Listed

	return {
		database,
		prices,
		present,
		async change(at: number, { currency, amountMinor }: { currency: string; amountMinor: number }) {
			await database.query('update product set currency = $2, amount_minor = $3, price_began_at = $4 where sku = $1', [
				sku,
				currency,
				amountMinor,
				timeOf(at),
			])
			present().endedAt = at
			prices.push({ currency, amountMinor, beganAt: at, endedAt: Number.POSITIVE_INFINITY })
		},
		/** Lets the prices before a time be folded: as if nobody could write such a price any more. */
		markAt: (at: number) =>
			database.query(`update price_history set mark_xid = '3', mark_at = $1::timestamptz + interval '10 minutes'`, [
				timeOf(at),
			]),
		/** The lowest price of the 30 days before the present one. */
		lowest(): number {
			const { currency, beganAt } = present()
			const inWindow = prices.filter((price) => price.currency === currency && price.endedAt > beganAt - 30 * dayUs)
			return Math.min(...inWindow.slice(0, -1).map(({ amountMinor }) => amountMinor))
		},
		[Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
	}
}

/** The bars of a list of prices, each found by looking through the whole list. */
export function listBars(prices: readonly Listed[], stepUs: number): PriceBar[] {
	const steps = [...new Set(prices.map(({ beganAt }) => Math.floor(beganAt / stepUs)))]
	return steps.flatMap((step) => {
		const [from, to] = [step * stepUs, (step + 1) * stepUs]
		// A price that ends as the step begins is the one that was in force then.
		const inForce = prices.filter(({ beganAt, endedAt }) => beganAt < to && endedAt >= from)
		const currencies = [...new Set(inForce.map(({ currency }) => currency).reverse())].reverse()
		return currencies.map((currency) => {
			const ofCurrency = inForce.filter((price) => price.currency === currency)
			const amounts = ofCurrency.map(({ amountMinor }) => amountMinor)
			return {
				step,
				currency,
				open: amounts[0] as number,
				high: Math.max(...amounts),
				low: Math.min(...amounts),
				close: amounts.at(-1) as number,
				changes: ofCurrency.filter(({ beganAt }) => beganAt >= from).length,
			}
		})
	})
}
