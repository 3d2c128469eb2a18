import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { connectToCatalog } from './catalog-connection.ts'
import { hasProducts } from './has-products.ts'
import { describeCounts, importProducts } from './import-products.ts'

export type ImportOptions = {
	/** `host:port` */
	catalog: string
	/** Only into a catalog without products, whose prices and stock it would set back. */
	ifEmpty?: boolean
}

/**
 * `mercat import`: the counts go to stdout.
 *
 * @returns the exit code
 * @throws CommandError when the import ended before the file did
 */
export async function runImport(
	path: string,
	{ catalog: address, ifEmpty = false }: ImportOptions,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env))
	const clients = connectToCatalog(address, env)
	try {
		if (ifEmpty && (await hasProducts(clients.catalog, address))) {
			console.log('the catalog has products: nothing imported')
			return 0
		}
		const { counts, stopped } = await importProducts(clients.catalog, nextToken, path)
		if (stopped === undefined || Object.values(counts).some((count) => count > 0)) console.log(describeCounts(counts))
		if (stopped !== undefined) throw stopped
		return counts.failed === 0 ? 0 : 1
	} finally {
		clients.close()
	}
}
