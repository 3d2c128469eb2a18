import type { Queryable } from '@mercat/database/queryable'
import type { Breach } from './catalog-audit-store.ts'
import { createLastChanges, type ProductState } from './last-changes.ts'

type Entry = { id: number; position: number | null; changes: (ProductState & { sku: string })[] }

export type LogReading = ReturnType<typeof createLogReading>

const entriesOnPage = 50
const mostBreaches = 10_000

// A change of the price alone has no title.
const entries = (rows: string) => `
	select id, position, (
		select coalesce(jsonb_agg(jsonb_build_object(
			'sku', sku, 'currency', currency, 'amountMinor', "amountMinor",
			'version', case when title is not null then version end, 'archived', case when title is not null then archived end
		) order by place), '[]')
		from rows from (json_to_recordset(changes::json) as (
			sku text, title text, currency text, "amountMinor" bigint, version bigint, archived boolean
		)) with ordinality as change (sku, title, currency, "amountMinor", version, archived, place)
	) as changes
	from product_change where ${rows} limit ${entriesOnPage}`
const numberedEntries = entries('position > $1 order by position')
const waitingEntries = entries('position is null and id > $1 order by id')

/**
 * Reads the log from its first entry on, and goes on when it is read again.
 *
 * @param gaps the positions before which an entry is missing. Before any other position, entries were deleted while the log was
 * read, because they were old.
 */
export function createLogReading(gaps: ReadonlySet<number>) {
	let latest = createLastChanges()
	let position = 0
	const takenBeforeNumbered = new Set<number>()
	const breaches: Breach[] = []

	function take({ changes }: Entry): void {
		for (const { sku, ...state } of changes) {
			const finding = latest.add(sku, state)
			if (finding !== undefined && breaches.length < mostBreaches) breaches.push({ subject: sku, finding })
		}
	}

	function takeNumbered(entry: Entry): void {
		const next = entry.position as number
		if (next !== position + 1 && !gaps.has(next)) latest = createLastChanges()
		position = next
		if (!takenBeforeNumbered.delete(entry.id)) take(entry)
	}

	async function readNumbered({ query }: Pick<Queryable, 'query'>): Promise<void> {
		for (;;) {
			const page = await query<Entry>(numberedEntries, [position])
			for (const entry of page) takeNumbered(entry)
			if (page.length < entriesOnPage) return
		}
	}

	async function readWaiting({ query }: Pick<Queryable, 'query'>): Promise<void> {
		for (let after = 0; ; ) {
			const page = await query<Entry>(waitingEntries, [after])
			for (const entry of page) {
				after = entry.id
				if (takenBeforeNumbered.has(entry.id)) continue
				takenBeforeNumbered.add(entry.id)
				take(entry)
			}
			if (page.length < entriesOnPage) return
		}
	}

	return {
		/** Reads the entries that have a position. Each page is read for itself. */
		readNumbered,
		/** Reads all entries that are left. They must be read as they are at one moment. */
		async readRest(transaction: Pick<Queryable, 'query'>): Promise<void> {
			await readNumbered(transaction)
			await readWaiting(transaction)
		},
		/** In what a product differs from its latest change. */
		faultOf: (sku: string, product: ProductState) => latest.faultOf(sku, product),
		breaches: (): readonly Breach[] => breaches,
	}
}
