import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import { CommandError } from '../command/command-error.ts'
import { isServiceError } from './call-error.ts'
import type { CatalogConnection } from './catalog-connection.ts'
import { explainCallError } from './explain-call-error.ts'

/**
 * Whether a search finds any product in the catalog.
 *
 * @throws CommandError when the catalog does not answer
 */
export async function hasProducts(connection: CatalogConnection): Promise<boolean> {
	try {
		const everything = { pageSize: 1 }
		const answer = await callUnary(connection.catalog, catalogRpcs.SearchProducts, everything, { timeoutMs: 30_000 })
		return answer.totalSize > 0
	} catch (error) {
		if (!isServiceError(error)) throw error
		throw new CommandError(await explainCallError(error, connection), { cause: error })
	}
}
