import { Problem } from '@mercat/rest-api/problem'

/**
 * The problem that the catalog's answer breaks its contract.
 *
 * @param what follows "the catalog answered" in the log
 */
export function invalidAnswer(what: string): Problem {
	return new Problem('CATALOG_ERROR', {}, { cause: new Error(`the catalog answered ${what}`) })
}
