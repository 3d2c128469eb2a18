import { Problem } from '@mercat/rest-api/problem'

const detail =
	'The catalog does not know this call: it is of an earlier version than the order service. Nothing was changed.'

// The server of the catalog answers so. The client makes the same status of other things, such as an answer without a message.
const unknownMethod = 'The server does not implement the method'

/**
 * The problem for a call that a catalog of an earlier version does not have; undefined for any other error.
 *
 * @param error has the status UNIMPLEMENTED
 */
export function earlierCatalogProblem(error: Error & { details: string }): Problem | undefined {
	if (!error.details.startsWith(unknownMethod)) return undefined
	return new Problem('CATALOG_ERROR', {}, { cause: error, detail })
}

/** Whether an error is the problem of {@link earlierCatalogProblem}. */
export function isOfEarlierCatalog(error: unknown): boolean {
	return error instanceof Problem && error.message === detail
}
