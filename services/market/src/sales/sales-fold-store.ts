import type { Database } from '@mercat/database/database'
import type { Statement, Transaction } from '@mercat/database/queryable'
import { salesSteps } from '@mercat/market-api/sales-schemas'
import { budgetForEach } from '@mercat/service/budget'
import { partsOf } from '@mercat/service/parts-of'
import type { SalesEvent } from './sales-event.ts'
import type { SalesCounts, UndonePage } from './sales-ledger.ts'
import type { SalesPage, SalesPlace } from './sales-place.ts'
import { forEachStep, type SalesCount } from './sales-row.ts'

const lease = "interval '10 seconds'"

// The embedded database has one process. One that had the place before is gone.
const claimPlace: Statement = {
	name: 'claim-place-of-sales',
	text: `
		update sales_fold set owner = $1::uuid, owned_until = clock_timestamp() + ${lease}
		where owner is null or owner = $1::uuid or owned_until < clock_timestamp() or $2
		returning position`,
}

const releasePlace: Statement = {
	name: 'release-place-of-sales',
	text: "update sales_fold set owner = null, owned_until = '-infinity' where owner = $1::uuid",
}

const findLastPage: Statement = {
	name: 'find-last-page-of-sales',
	text: 'select after, upto, events from sales_page order by upto desc limit 1',
}

// An event is counted once: the place changes in the transaction of its effects, for one owner, and from one position only.
const isAtPlace = 'owner = $1::uuid and position is not distinct from $2::bigint'

const movePlace: Statement = {
	name: 'move-place-of-sales',
	text: `
		update sales_fold set position = $3::bigint, owned_until = greatest(owned_until, clock_timestamp() + ${lease}),
			folded_through = greatest(folded_through, to_timestamp($4::float8 / 1000))
		where ${isAtPlace}
		returning 1`,
}

const moveBack: Statement = {
	name: 'move-place-of-sales-back',
	text: `
		update sales_fold set position = $3::bigint, owned_until = greatest(owned_until, clock_timestamp() + ${lease}),
			folded_through = least(folded_through, to_timestamp($4::float8 / 1000)), undos = undos + 1
		where ${isAtPlace}
		returning 1`,
}

const addPage: Statement = {
	name: 'add-page-of-sales',
	text: 'insert into sales_page (after, upto, events) values ($1, $2, $3)',
}

const deletePages: Statement = {
	name: 'delete-pages-of-sales',
	text: 'delete from sales_page where upto <= $1 or upto > $2',
}

const addCounts = forEachStep(
	(step): Statement => ({
		name: `add-sales-${step}`,
		text: `
		insert into sales_${step} as sales (dimension, status, begin, key, currency, orders, quantity, amount_minor)
		select dimension, status, to_timestamp(second), key, currency, orders, quantity, amount
		from unnest(
			$1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::numeric[]
		) as given (dimension, status, second, key, currency, orders, quantity, amount)
		on conflict (dimension, status, begin, key, currency) do update set
			orders = sales.orders + excluded.orders,
			quantity = sales.quantity + excluded.quantity,
			amount_minor = sales.amount_minor + excluded.amount_minor`,
	}),
)

type PageRow = { after: number | null; upto: number; events: string }

// About so many events are kept, to take them out again when the log was put back.
const keptEvents = 200_000
// Rows in one statement. The embedded database does nothing else meanwhile.
const rowsOfStatement = 2_000
const longestStatementMs = 10_000

export function createSalesFoldStore(database: Pick<Database, 'query' | 'transaction' | 'engine'>) {
	const isAlone = database.engine === 'pglite'
	const change = <T>(work: (transaction: Transaction) => Promise<T>) =>
		database.transaction(work, budgetForEach(longestStatementMs))

	return {
		/** Takes or keeps the place of the sales for an owner, for 10 s. Undefined while another one has it. */
		async claim(owner: string): Promise<SalesPlace | undefined> {
			const [row] = await database.query<{ position: number | null }>(claimPlace, [owner, isAlone])
			if (row === undefined) return undefined
			const [page] = await database.query<PageRow>(findLastPage)
			return { position: row.position, page: page && { ...page, events: JSON.parse(page.events) as SalesEvent[] } }
		},

		/** Gives the place back at once. */
		release: (owner: string) => database.query(releasePlace, [owner]),

		/**
		 * Adds what a page has sold, and moves the place from before to after it.
		 *
		 * @param throughMs all transitions that the log had then are counted; null when that is not known
		 * @returns false when the place is not before the page, or has another owner
		 */
		fold: (owner: string, { after, upto, events }: SalesPage, counts: SalesCounts, throughMs: number | null) =>
			change(async (transaction) => {
				const moved = await transaction.query(movePlace, [owner, after, upto, throughMs])
				if (moved.length === 0) return false
				if (events.length === 0 && after === upto) return true
				await Promise.all([
					transaction.query(deletePages, [upto - keptEvents, upto]),
					...(events.length > 0 ? [transaction.query(addPage, [after, upto, JSON.stringify(events)])] : []),
					...addAll(transaction, counts, 1),
				])
				return true
			}),

		/**
		 * Takes what some events of the last page have sold out again, and moves the place back to the ones before.
		 *
		 * @param position where the place is
		 * @returns false when the place is not there, or has another owner
		 */
		undo: (owner: string, position: number | null, { page, kept, fromMs }: UndonePage, counts: SalesCounts) =>
			change(async (transaction) => {
				const moved = await transaction.query(moveBack, [owner, position, kept?.upto ?? page.after, fromMs])
				if (moved.length === 0) return false
				await Promise.all([
					transaction.query(deletePages, [0, page.after ?? 0]),
					...(kept ? [transaction.query(addPage, [kept.after, kept.upto, JSON.stringify(kept.events)])] : []),
					...addAll(transaction, counts, -1),
				])
				return true
			}),
	}
}

function addAll(transaction: Transaction, counts: SalesCounts, sign: 1 | -1): Promise<unknown>[] {
	return salesSteps.flatMap((step) => {
		const parts = partsOf(counts[step], rowsOfStatement)
		return parts.map((rows) => transaction.query(addCounts[step], valuesOf(rows, sign)))
	})
}

function valuesOf(rows: readonly SalesCount[], sign: 1 | -1): unknown[] {
	return [
		rows.map(({ dimension }) => dimension),
		rows.map(({ status }) => status),
		rows.map(({ beginMs }) => beginMs / 1_000),
		rows.map(({ key }) => key),
		rows.map(({ currency }) => currency),
		rows.map(({ orders }) => sign * orders),
		rows.map(({ quantity }) => sign * quantity),
		rows.map(({ amountMinor }) => BigInt(sign) * amountMinor),
	]
}
