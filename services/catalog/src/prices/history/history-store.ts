import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import { dayUs, type FoundBars, type History } from './bar-page.ts'
import type { EndedPrice, Price, PriceBar } from './price-bars.ts'
import type { BarsRange, FoundPeriods, PricePeriod, PriceReads, Range } from './price-reads.ts'

const microseconds = (time: string) => `(extract(epoch from ${time}) * 1000000)::bigint`
const midnight = (day: string) => `(${day}::timestamp at time zone 'UTC')`
const beginning = 'least(greatest(created_at, history.began_at), price_began_at)'

const history = `
	${microseconds(beginning)} as "beginsAt",
	${microseconds(`greatest(${beginning}, ${midnight('pruned_before')})`)} as "exactSince",
	${microseconds('folded_until')} as "foldedUntil",
	${microseconds(`coalesce(price_began_at, ${beginning})`)} as "beganAt",
	${microseconds('clock_timestamp()')} as now,
	currency, amount_minor as "amountMinor"`

/** The prices of a product that ended in a range, and the one that ended next, in one text. */
function pricesWithin(values: string, from: string, to: string, most: string): string {
	const prices = `select ${values} as price from price_change where sku = $1`
	return `
		select string_agg(price, ';') from (
			(${prices} and ended_at >= ${from} and ended_at < ${to} order by ended_at limit ${most})
			union all
			(${prices} and ended_at >= greatest(${from}, ${to}) order by ended_at limit 1)
		) as prices`
}

const endedPrice = `${microseconds('ended_at')} || ',' || currency || ',' || amount_minor`
const notPruned = `greatest($2::timestamptz, ${midnight('pruned_before')})`

// Each page is one statement. So it sees one state of the prices and the bars while prices are folded and pruned.
const readPeriods: Statement = {
	name: 'read-price-periods',
	text: `
		select ${history}, (${pricesWithin(
			`${microseconds('began_at')} || ',' || ${endedPrice}`,
			notPruned,
			'$3::timestamptz',
			'$4',
		)}) as prices
		from product, price_history as history where sku = $1`,
}

const readPrices: Statement = {
	name: 'read-price-changes',
	text: `
		select ${history}, (${pricesWithin(endedPrice, notPruned, '$3::timestamptz', '$4')}) as prices
		from product, price_history as history where sku = $1`,
}

// A text for all bars costs a fraction of a row for each.
const readDays: Statement = {
	name: 'read-price-days',
	text: `
		select ${history},
			(select string_agg(bar, ';') from (
				select (day - date '1970-01-01') || ',' || currency || ',' || open_minor || ',' || high_minor || ',' || low_minor
					|| ',' || close_minor || ',' || changes as bar
				from price_day where sku = $1 and day >= $2::date and day < $3::date
				order by day, last_began_at limit $5
			) as bars) as folded,
			(select currency || ',' || close_minor from price_day where sku = $1 and day < $2::date
				order by day desc, last_began_at desc limit 1) as before,
			(${pricesWithin(endedPrice, `greatest(${midnight('$2::date')}, folded_until)`, midnight('$3::date'), '$4')}) as prices
		from product, price_history as history where sku = $1`,
}

type Row = Omit<History, 'price'> & History['price'] & { prices: string | null }
type DaysRow = Row & { folded: string | null; before: string | null }

/** The prices that products have had. */
export function createHistoryStore(database: Pick<Database, 'within'>): PriceReads {
	return {
		/** The first prices that were in force in a range, at most so many; undefined when there is no such product. */
		async readPeriods(
			sku: string,
			{ from, to }: Range,
			most: number,
			budget?: Budget,
		): Promise<FoundPeriods | undefined> {
			// A price that ended as the range begins was not in force in it.
			const values = [sku, sqlTime(from === undefined ? undefined : from + 1, '-'), sqlTime(to), most]
			const [row] = await database.within(budget).query<Row>(readPeriods, values)
			if (row === undefined) return undefined
			const { beganAt, currency, amountMinor } = row
			const ended = readList(row.prices, toPeriod).slice(0, most)
			const isToldWhole = ended.length < most
			const periods = isToldWhole ? [...ended, { beganAt, endedAt: undefined, currency, amountMinor }] : ended
			const isInRange = (period: PricePeriod) => to === undefined || period.beganAt < to
			return { history: toHistory(row), periods: periods.filter(isInRange) }
		},

		/** What tells the bars of a range; undefined when there is no such product. */
		async readBars(sku: string, range: BarsRange, budget?: Budget): Promise<FoundBars | undefined> {
			const { stepUs, fromStep, toStep, mostPrices, mostBars } = range
			const [from, to] = [fromStep * stepUs, toStep * stepUs]
			const bounds = [sku, sqlTime(from, '-'), sqlTime(to), mostPrices]
			const queryable = database.within(budget)
			const [row] =
				stepUs === dayUs
					? await queryable.query<DaysRow>(readDays, [...bounds, mostBars])
					: await queryable.query<DaysRow>(readPrices, bounds)
			if (row === undefined) return undefined
			const prices = readList(row.prices, toEndedPrice)
			const isCut = prices.length >= mostPrices && (prices[mostPrices - 1] as EndedPrice).endedAt < to
			return {
				history: toHistory(row),
				folded: readList(row.folded ?? null, toBar),
				before: readList(row.before ?? null, toPrice)[0],
				prices: isCut ? prices.slice(0, mostPrices) : prices,
				isCut,
			}
		},
	}
}

function toHistory({ beginsAt, exactSince, foldedUntil, now, beganAt, currency, amountMinor }: Row): History {
	return { beginsAt, exactSince, foldedUntil, now, price: { beganAt, currency, amountMinor } }
}

function readList<Item>(text: string | null, toItem: (values: string[]) => Item): Item[] {
	return text === null ? [] : text.split(';').map((values) => toItem(values.split(',')))
}

type Values = string[]

const toPrice = ([currency = '', amountMinor]: Values): Price => ({ currency, amountMinor: Number(amountMinor) })

const toEndedPrice = ([endedAt, ...price]: Values): EndedPrice => ({ endedAt: Number(endedAt), ...toPrice(price) })

const toPeriod = ([beganAt, ...ended]: Values): PricePeriod => ({ beganAt: Number(beganAt), ...toEndedPrice(ended) })

const toBar = ([step, currency = '', open, high, low, close, changes]: Values): PriceBar => ({
	step: Number(step),
	currency,
	open: Number(open),
	high: Number(high),
	low: Number(low),
	close: Number(close),
	changes: Number(changes),
})

/** A time as PostgreSQL reads it, which also takes it for a date. */
function sqlTime(us: number | undefined, sign = ''): string {
	if (us === undefined || !Number.isFinite(us)) return `${sign}infinity`
	const ms = Math.floor(us / 1000)
	const rest = String(us - ms * 1000).padStart(3, '0')
	return new Date(ms).toISOString().replace('Z', `${rest}Z`)
}
