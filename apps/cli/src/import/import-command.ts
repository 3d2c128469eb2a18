import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { endInterrupted, onStopSignal } from '../command/stop-signal.ts'
import { connectToCatalog } from './catalog-connection.ts'
import { hasProducts } from './has-products.ts'
import { countRows, describeCounts } from './import-counts.ts'
import { importProducts } from './import-products.ts'

export type ImportOptions = {
	/** As `HOST:PORT`. */
	catalog: string
	/** Imports nothing when the catalog has products, because an import would reset their prices and stock. */
	ifEmpty?: boolean
}

/**
 * Runs `mercat import`, which prints the counts of imported rows to stdout.
 *
 * @returns the exit code
 * @throws CommandError when the import stopped before the end of the file
 */
export async function runImport(
	path: string,
	{ catalog: address, ifEmpty = false }: ImportOptions,
	env: NodeJS.ProcessEnv,
): Promise<number> {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env), 'catalog:write')
	const connection = connectToCatalog(address, env)
	try {
		if (ifEmpty && (await hasProducts(connection))) {
			console.log('the catalog has products already: nothing was imported')
			return 0
		}
		const [stop, halt] = [new AbortController(), new AbortController()]
		onStopSignal({ first: () => stop.abort(), again: () => halt.abort() })
		const { counts, stopped } = await importProducts(connection, nextToken, path, {
			stop: stop.signal,
			halt: halt.signal,
		})
		if (stopped === undefined || countRows(counts) > 0) console.log(describeCounts(counts))
		if (halt.signal.aborted && stopped !== undefined) {
			console.error(`mercat: ${stopped.message}`)
			await endInterrupted()
		}
		if (stopped !== undefined) throw stopped
		return counts.failed + counts.held === 0 ? 0 : 1
	} finally {
		connection.close()
	}
}
