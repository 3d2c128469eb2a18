import { connectToCatalog } from './catalog-connection.ts'
import { describeCounts, importProducts } from './import-products.ts'
import { commandTokens, readSigningKey } from './signing-key.ts'

/**
 * `mercat import`: the counts go to stdout.
 *
 * @returns the exit code
 * @throws CommandError when the import ended before the file did
 */
export async function runImport(path: string, address: string, env: NodeJS.ProcessEnv): Promise<number> {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env))
	const clients = connectToCatalog(address, env)
	try {
		const { counts, stopped } = await importProducts(clients.catalog, nextToken, path)
		if (stopped === undefined || Object.values(counts).some((count) => count > 0)) console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
		return counts.failed === 0 ? 0 : 1
	} finally {
		clients.close()
	}
}
