import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { CatalogServiceClient } from '@mercat/catalog-api/messages/CatalogService'
import { CommandError } from '../command/command-error.ts'
import { describeCallError, isServiceError } from './call-error.ts'

/**
 * Whether a search finds any product in the catalog.
 *
 * @throws CommandError when the catalog does not answer
 */
export async function hasProducts(catalog: CatalogServiceClient, address: string): Promise<boolean> {
	try {
		const everything = { pageSize: 1 }
		const { totalSize } = await callUnary(catalog, catalogRpcs.SearchProducts, everything, { timeoutMs: 30_000 })
		return totalSize > 0
	} catch (error) {
		if (!isServiceError(error)) throw error
		throw new CommandError(describeCallError(error, address), { cause: error })
	}
}
