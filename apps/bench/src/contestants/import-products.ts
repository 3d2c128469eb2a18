import { Metadata } from '@grpc/grpc-js'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { signToken } from '@mercat/service/tokens'
import { onHand, products, tokenIssuer } from '../running/shop.ts'

// The most products that the catalog accepts in one message.
const batchSize = 500
const timeoutMs = 120_000

/** Imports all products of the bench into a catalog, with their stock. */
export async function importProducts(catalogAddress: string, secret: string): Promise<void> {
	const clients = createCatalogClients(catalogAddress)
	const token = signToken(
		{ ...tokenIssuer, secret },
		{ subject: 'bench', scope: 'catalog:write', lifetimeMs: timeoutMs },
	)
	const metadata = new Metadata()
	metadata.set('authorization', `Bearer ${token}`)
	try {
		const call = clients.catalog.importProducts(metadata, { deadline: Date.now() + timeoutMs })
		for (let start = 0; start < products.length; start += batchSize) {
			const batch = products.slice(start, start + batchSize)
			call.write({ upserts: batch.map((product, index) => ({ rowNumber: start + index + 1, product, onHand })) })
		}
		call.end()
		for await (const { failures } of call) {
			if (failures.length > 0) throw new Error(`import failed: ${failures[0]?.message}`)
		}
	} finally {
		clients.close()
	}
}
