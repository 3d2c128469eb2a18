import type { Database } from '@mercat/database/database'
import type { Statement } from '@mercat/database/queryable'
import type { ScanStockNeeds } from './scan-stock.ts'
import type { ScannedPart, StockScan } from './stock-scan.ts'
import { timeline } from './timeline.ts'

const leaseS = 30

const isFree = `(leased_until <= now() or leased_until > now() + interval '1 minute')`
const isDue = `(scanned_at <= now() - $2::float8 * interval '1 ms' or scanned_at > now())`
const lease = `clock_timestamp() + interval '${leaseS} s'`

// A transaction that is not over begins at the least at the beginning of the snapshot. What it writes is found by the next round.
const next = 'pg_snapshot_xmin(pg_current_snapshot())'

const goesOn = `scanned_at > now() - $3::float8 * interval '1 ms' and seen_before <= pg_snapshot_xmax(pg_current_snapshot())`

// For long there may have been nobody who watched, and so no round. Then the changes of that time are of no interest: whoever
// follows now has begun after them. A database that was moved to another server has other transactions.
const claim: Statement = {
	name: 'claim-stock-scan',
	text: `
		update stock_scan set
			leased_until = ${lease},
			seen_before = case when ${goesOn} then seen_before else pg_snapshot_xmin($1::pg_snapshot) end,
			looked_since = case when ${goesOn} and timeline = ${timeline} then looked_since else clock_timestamp() end,
			timeline = ${timeline}
		where ${isFree} and ${isDue}
		returning leased_until::text as "leasedUntil", seen_before::text as "seenBefore", ${next}::text as "nextSeenBefore",
			now()::text as "startedAt"`,
}

// A row has only the last 32 bits of the transaction that wrote it, which tell its age. The age is wrong when the row is older
// than 2^31 transactions. Such a row may be found although nothing has changed, which does no harm.
const scanPart: Statement = {
	name: 'scan-stock',
	text: `
		with renewed as (
			update stock_scan set leased_until = ${lease} where leased_until = $1::timestamptz returning leased_until
		)
		select leased_until::text as "leasedUntil",
			pg_relation_size('stock') / current_setting('block_size')::bigint as pages,
			(
				select coalesce(json_agg(sku), '[]') from stock
				where ctid >= format('(%s,0)', $3::bigint)::tid and ctid < format('(%s,0)', $4::bigint)::tid
					and age(xmin) between 0 and age($2::xid8::xid)
			) as skus
		from renewed`,
}

const finish: Statement = {
	name: 'finish-stock-scan',
	text: `
		update stock_scan set leased_until = '-infinity', seen_before = $2::xid8, scanned_at = $3::timestamptz
		where leased_until = $1::timestamptz`,
}

const release: Statement = {
	name: 'release-stock-scan',
	text: `update stock_scan set leased_until = '-infinity' where leased_until = $1::timestamptz`,
}

/** The looks through the stock, which all processes share. */
export function createStockScanStore(database: Database): Omit<ScanStockNeeds, 'followedSince' | 'writeChanges'> {
	return {
		async claim(since, dueMs, forgottenMs) {
			const [scan] = await database.query<StockScan>(claim, [since, dueMs, forgottenMs])
			return scan
		},

		async scanPart({ leasedUntil, seenBefore }, firstPage, pages) {
			const values = [leasedUntil, seenBefore, firstPage, firstPage + pages]
			const [part] = await database.query<ScannedPart>(scanPart, values)
			return part
		},

		async finish({ leasedUntil, nextSeenBefore, startedAt }) {
			await database.query(finish, [leasedUntil, nextSeenBefore, startedAt])
		},

		async release({ leasedUntil }) {
			await database.query(release, [leasedUntil])
		},
	}
}
