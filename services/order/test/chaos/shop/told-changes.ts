import type { ProductChange__Output } from '@mercat/catalog-api/messages/ProductChange'
import type { Database } from '@mercat/database/database'

/** A change as a watcher was told it, or as the log has it. */
export type ToldChange = {
	sku: string
	/** Null for a change of the price alone. */
	version: number | null
	title: string | null
	amountMinor: number
	/** Milliseconds since 1970; null in a state. */
	at: number | null
}

/** What a watcher knows of a product. */
export type CopiedProduct = { version: number; title: string; amountMinor: number; available: number | undefined }

/** The whole products and prices of a message, without its quantities. */
export function changesOf(changes: readonly ProductChange__Output[]): ToldChange[] {
	return changes.flatMap(({ sku, product, price, changeTime }) => {
		const money = product?.price ?? price?.price
		if (money === null || money === undefined) return []
		const at = changeTime === null ? null : Number(changeTime.seconds) * 1_000 + Math.floor(changeTime.nanos / 1e6)
		return [
			{
				sku,
				version: product ? Number(product.etag.slice(1, -1)) : null,
				title: product?.title ?? null,
				amountMinor: Number(money.amountMinor),
				at,
			},
		]
	})
}

/** All changes of the log, in the order of their positions, and its last position. */
export async function readLog(database: Database): Promise<{ changes: ToldChange[]; last: number }> {
	const entries = await database.query<{ position: number; at: Date; changes: string }>(
		'select position, at, changes from product_change where position is not null order by position',
	)
	const changes = entries.flatMap(({ at, changes }) =>
		(JSON.parse(changes) as (ToldChange & { title?: string })[]).map(({ sku, version, title, amountMinor }) => ({
			sku,
			version: title === undefined ? null : version,
			title: title ?? null,
			amountMinor,
			at: at.getTime(),
		})),
	)
	return { changes, last: entries.at(-1)?.position ?? 0 }
}

/** The changes by their products, each list in the order in which they came. */
export function bySku(changes: readonly ToldChange[]): Map<string, ToldChange[]> {
	const found = new Map<string, ToldChange[]>()
	for (const change of changes) {
		const earlier = found.get(change.sku)
		if (earlier === undefined) found.set(change.sku, [change])
		else earlier.push(change)
	}
	return found
}
