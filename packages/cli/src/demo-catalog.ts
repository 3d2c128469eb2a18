import { fileURLToPath } from 'node:url'
import { connectToCatalog } from './catalog-connection.ts'
import { commandTokens } from './command-tokens.ts'
import { hasProducts } from './has-products.ts'
import { describeCounts, importProducts } from './import-products.ts'
import type { SigningKey } from './signing-key.ts'

const demoFile = fileURLToPath(new URL('../demo/products.ndjson', import.meta.url))

/** Imports the demo products, unless the catalog has any. */
export async function loadDemoCatalog(address: string, signingKey: SigningKey, env: NodeJS.ProcessEnv): Promise<void> {
	const clients = connectToCatalog(address, env)
	try {
		if (await hasProducts(clients.catalog, address)) return
		console.log('loading the demo catalog …')
		const { counts, stopped } = await importProducts(clients.catalog, commandTokens(signingKey), demoFile)
		console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
	} finally {
		clients.close()
	}
}
