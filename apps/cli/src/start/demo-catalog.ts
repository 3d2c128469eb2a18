import { connectToCatalog } from '../catalog/catalog-connection.ts'
import { hasProducts } from '../catalog/has-products.ts'
import { commandTokens } from '../command/command-tokens.ts'
import { demoFile } from '../command/demo-file.ts'
import type { SigningKey } from '../command/signing-key.ts'
import { describeCounts } from '../import/import-counts.ts'
import { importProducts } from '../import/import-products.ts'

/** Imports the demo products if the catalog has no products. */
export async function loadDemoCatalog(address: string, signingKey: SigningKey, env: NodeJS.ProcessEnv): Promise<void> {
	const connection = connectToCatalog(address, env)
	try {
		if (await hasProducts(connection)) return
		console.log('loading the demo catalog …')
		const nextToken = commandTokens(signingKey, 'catalog:write')
		const { counts, stopped } = await importProducts(connection, nextToken, demoFile)
		console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
	} finally {
		connection.close()
	}
}
