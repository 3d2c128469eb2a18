import { fileURLToPath } from 'node:url'
import { connectToCatalog } from './catalog-connection.ts'
import { hasProducts } from './has-products.ts'
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
