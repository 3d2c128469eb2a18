import type { Database } from '@mercat/database/database'
import { salesSteps } from '@mercat/market-api/sales-schemas'
import { budgetForEach } from '@mercat/service/budget'
import { stepMs } from '../folding/bars/bar.ts'
import type { SalesStep } from '../sales/sales-row.ts'
import { type Breach, mostBreaches } from './breach.ts'
import { keptSince } from './kept-since.ts'

/** What was sold in a step of time, as it is counted. */
export type CountedSales = {
	beginMs: number
	dimension: 'sku' | 'status'
	/** The status that the orders have entered. */
	status: string
	/** Empty for the dimension `status`. */
	sku: string
	currency: string
	orders: number
	quantity: number
	/** Too large for a number, maybe. */
	amountMinor: string
}

export type SalesAuditStore = ReturnType<typeof createSalesAuditStore>

// A statement may read a whole table.
const patience = budgetForEach(600_000)

const readDays = `
	select (select position from sales_fold) as position, coalesce(json_agg(row), '[]') as rows
	from (
		select
			extract(epoch from begin) * 1000 as "beginMs", dimension, currency, orders, quantity, amount_minor::text as "amountMinor",
			case dimension when 'status' then key else status end as status, case dimension when 'sku' then key else '' end as sku
		from sales_1d
		where dimension in ('sku', 'status') and begin >= to_timestamp($1::float8 / 1000) and orders <> 0
	) as row`

// A partition of the smaller step begins where a larger step does. Those before the first one are deleted.
const compareSteps = (step: SalesStep, smaller: SalesStep) => `
	with kept as materialized (
		select ${keptSince(`sales_${smaller}`)} as since
	), summed as (
		select dimension, status, date_bin('${stepMs[step]} ms', part.begin, 'epoch'::timestamptz) as begin, key, currency,
			sum(orders) as orders, sum(quantity) as quantity, sum(amount_minor) as amount_minor
		from sales_${smaller} as part, kept where part.begin >= since group by 1, 2, 3, 4, 5
	), counted as (
		select sales.* from sales_${step} as sales, kept where begin >= since
	)
	select format('%s %s %s', dimension, key, status) as subject,
		format('its sales of ${step} at %s in %s are not those of ${smaller}', to_json(begin) #>> '{}', currency) as finding
	from summed full join counted using (dimension, status, begin, key, currency)
	where (coalesce(summed.orders, 0), coalesce(summed.quantity, 0), coalesce(summed.amount_minor, 0))
		is distinct from (coalesce(counted.orders, 0), coalesce(counted.quantity, 0), coalesce(counted.amount_minor, 0))
	order by begin, 1 limit ${mostBreaches}`

const comparisons = salesSteps.slice(1).map((step, place) => compareSteps(step, salesSteps[place] as SalesStep))

const lastPage = `
	select 'the place of the sales' as subject, format('it is at position %s, and the last page ends at %s', position, last) as finding
	from sales_fold, (select max(upto) as last from sales_page) as pages
	where last > coalesce(position, 0)`

/** What the market has counted of the events of orders. */
export function createSalesAuditStore(database: Database) {
	const { query } = database.within(patience)
	return {
		/** The sales of the days since a time, and the position up to which they are counted, at one moment. */
		async readDays(sinceMs: number): Promise<{ position: number | null; rows: CountedSales[] }> {
			const [found] = await query<{ position: number | null; rows: CountedSales[] }>(readDays, [sinceMs])
			return found as NonNullable<typeof found>
		},

		/** Days before are deleted; undefined where there are no sales. */
		async keptSinceMs(): Promise<number | undefined> {
			const [found] = await query<{ ms: number | null }>(
				`select (extract(epoch from ${keptSince('sales_1d')}) * 1000)::float8 as ms`,
			)
			return found?.ms ?? undefined
		},

		/** The sales of larger steps that are not the sum of the smaller ones. A statement sees one moment. */
		async stepBreaches(): Promise<Breach[]> {
			const breaches = [await query<Breach>(lastPage)]
			for (const comparison of comparisons) breaches.push(await query<Breach>(comparison))
			return breaches.flat()
		},
	}
}
