import { fileURLToPath } from 'node:url'
import { commandTokens } from '../command/command-tokens.ts'
import type { SigningKey } from '../command/signing-key.ts'
import { connectToCatalog } from '../import/catalog-connection.ts'
import { hasProducts } from '../import/has-products.ts'
import { describeCounts, importProducts } from '../import/import-products.ts'

const demoFile = fileURLToPath(new URL('../../demo/products.ndjson', import.meta.url))

/** Imports the demo products if the catalog has no products. */
export async function loadDemoCatalog(address: string, signingKey: SigningKey, env: NodeJS.ProcessEnv): Promise<void> {
	const clients = connectToCatalog(address, env)
	try {
		if (await hasProducts(clients.catalog, address)) return
		console.log('loading the demo catalog …')
		const { counts, stopped } = await importProducts(
			clients.catalog,
			commandTokens(signingKey, 'catalog:write'),
			demoFile,
		)
		console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
	} finally {
		clients.close()
	}
}
