import { Metadata } from '@grpc/grpc-js'
import type { CatalogClients } from '@mercat/catalog-api/client'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { signToken } from '@mercat/service/tokens'
import { tokenIssuer } from '../running/shop.ts'

const lifetimeMs = 3_600_000
const timeoutMs = 60_000

/** A token that may change products and synonyms. */
export function staffToken(secret: string): string {
	return signToken({ ...tokenIssuer, secret }, { subject: 'bench', scope: 'catalog:write', lifetimeMs })
}

/** Imports at most 500 products, which belong to the shop or to a source. */
export async function importUpserts(
	catalog: CatalogClients['catalog'],
	upserts: ProductUpsert[],
	token: string,
	source = '',
): Promise<void> {
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${token}`)
	const call = catalog.importProducts(metadata, { deadline: Date.now() + timeoutMs })
	call.write({ upserts, source })
	call.end()
	for await (const { failures } of call) {
		if (failures.length > 0) throw new Error(`import failed: ${failures[0]?.message}`)
	}
}
