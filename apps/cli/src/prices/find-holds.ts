import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import type { CatalogCalls } from '../catalog/open-catalog-calls.ts'

export type HoldFilter = { source?: string; sku?: string }

const pageSize = 100

/** The held prices of the catalog, the oldest first, page by page. */
export async function* listHolds(
	{ call }: Pick<CatalogCalls, 'call'>,
	{ source = '', sku = '' }: HoldFilter = {},
): AsyncGenerator<HeldPrice__Output> {
	for (let pageToken = ''; ; ) {
		const page = await call(catalogRpcs.ListHeldPrices, { source, sku, pageSize, pageToken })
		yield* page.heldPrices
		pageToken = page.nextPageToken
		if (pageToken === '') return
	}
}

/** The holds with these ids that are open. The catalog lists holds, and has no call for one of them. */
export async function findHolds(
	calls: Pick<CatalogCalls, 'call'>,
	ids: readonly string[],
): Promise<Map<string, HeldPrice__Output>> {
	const wanted = new Set(ids)
	const found = new Map<string, HeldPrice__Output>()
	for await (const hold of listHolds(calls)) {
		if (wanted.has(hold.id)) found.set(hold.id, hold)
		if (found.size === wanted.size) break
	}
	return found
}
