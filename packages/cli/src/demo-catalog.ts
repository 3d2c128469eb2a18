import { fileURLToPath } from 'node:url'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceClient } from '@mercat/catalog-api/messages/CatalogService'
import { describeCallError, isServiceError } from './call-error.ts'
import { connectToCatalog } from './catalog-connection.ts'
import { CommandError } from './command-error.ts'
import { describeCounts, importProducts } from './import-products.ts'

const demoFile = fileURLToPath(new URL('../demo/products.ndjson', import.meta.url))

/** Imports the demo products, unless the catalog has any. */
export async function loadDemoCatalog(address: string, nextToken: () => string, env: NodeJS.ProcessEnv): Promise<void> {
	const clients = connectToCatalog(address, env)
	try {
		if (await hasProducts(clients.catalog, address)) return
		console.log('loading the demo catalog …')
		const { counts, stopped } = await importProducts(clients.catalog, nextToken, demoFile)
		console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
	} finally {
		clients.close()
	}
}

async function hasProducts(catalog: CatalogServiceClient, address: string): Promise<boolean> {
	try {
		const everything = { pageSize: 1 }
		const { totalSize } = await callUnary(catalog, catalogRpcs.SearchProducts, everything, { timeoutMs: 30_000 })
		return totalSize > 0
	} catch (error) {
		if (!isServiceError(error)) throw error
		throw new CommandError(describeCallError(error, address), { cause: error })
	}
}
