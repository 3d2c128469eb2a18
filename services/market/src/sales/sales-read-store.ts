import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { Budget } from '@mercat/service/budget'
import type { SalesEvent } from './sales-event.ts'
import type { SalesMark, SalesQuery, SalesRow } from './sales-query.ts'
import { type Dimension, forEachStep, type SalesKey, type SalesStep } from './sales-row.ts'

const largestAmount = Number.MAX_SAFE_INTEGER

const columns = `
	dimension, status, (extract(epoch from begin) * 1000)::float8 as "beginMs", key, currency, orders, quantity,
	least(amount_minor, ${largestAmount})::bigint as "amountMinor"`

// A row that was taken out again as a whole has no orders.
const readPage = forEachStep(
	(step): Statement => ({
		name: `read-sales-${step}`,
		text: `
		select ${columns} from sales_${step}
		where dimension = $1 and status = $2 and begin >= to_timestamp($3::float8 / 1000)
			and begin < to_timestamp($4::float8 / 1000) and orders > 0
			and ($5::float8 is null or (begin, key, currency) > (to_timestamp($5::float8 / 1000), $6, $7))
		order by begin, key, currency limit $8`,
	}),
)

const readKeys = forEachStep(
	(step): Statement => ({
		name: `read-keys-of-sales-${step}`,
		text: `
		select sales.*
		from unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) as wanted (status, second, key, currency)
		cross join lateral (
			select ${columns} from sales_${step} as sales
			where sales.dimension = $1 and sales.status = wanted.status and sales.begin = to_timestamp(wanted.second)
				and sales.key = wanted.key and sales.currency = wanted.currency
		) as sales`,
	}),
)

const findMark: Statement = {
	name: 'find-mark-of-sales',
	text: `
		select position, undos, floor(extract(epoch from folded_through) * 1000)::float8 as "throughMs" from sales_fold`,
}

const readPagesAfter: Statement = {
	name: 'read-pages-of-sales-after',
	text: 'select events from sales_page where upto > $1 order by upto limit $2',
}

// With more pages, a reader begins anew.
const mostPages = 20

export type SalesReadStore = ReturnType<typeof createSalesReadStore>

export function createSalesReadStore(database: Database) {
	return {
		/** Up to so many rows of a selection, in the order of time. */
		readRows: ({ by, step, status, fromMs, toMs, after, limit }: SalesQuery, budget?: Budget): Promise<SalesRow[]> => {
			const cursor = [after?.beginMs ?? null, after?.key ?? null, after?.currency ?? null]
			// The index leads to the step of the cursor.
			const values = [by, by === 'status' ? '' : status, after?.beginMs ?? fromMs, toMs, ...cursor, limit]
			return database.within(budget).query<SalesRow>(readPage[step], values)
		},

		async findMark(budget?: Budget): Promise<SalesMark> {
			const [row] = await database.within(budget).query<SalesMark>(findMark)
			if (row === undefined) throw new Error('the sales have no place')
			return row
		},

		/** The events that were counted after a position; undefined when there are many. */
		async readEventsAfter(position: number): Promise<SalesEvent[] | undefined> {
			const rows = await database.query<{ events: string }>(readPagesAfter, [position, mostPages])
			if (rows.length === mostPages) return undefined
			return rows.flatMap(({ events }) => JSON.parse(events) as SalesEvent[])
		},

		/** The rows of these keys, as they are now. */
		readKeys(step: SalesStep, dimension: Dimension, keys: readonly SalesKey[]): Promise<SalesRow[]> {
			const values = [
				dimension,
				keys.map(({ status }) => status),
				keys.map(({ beginMs }) => beginMs / 1_000),
				keys.map(({ key }) => key),
				keys.map(({ currency }) => currency),
			]
			return database.query<SalesRow>(readKeys[step], values)
		},
	}
}
