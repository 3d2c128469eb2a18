import { Problem } from '@mercat/order-api/problem'

/**
 * The problem that the catalog's answer breaks its contract.
 *
 * @param what follows "the catalog answered" in the log
 */
export function invalidAnswer(what: string): Problem {
	return new Problem('CATALOG_ERROR', {}, { cause: new Error(`the catalog answered ${what}`) })
}

const ofEarlierVersion =
	'The catalog does not know this call: it is of an earlier version than the order service. Nothing was changed.'

/** The problem that the catalog does not know a call, because it is of an earlier version. */
export function unknownCall(cause: Error): Problem {
	return new Problem('CATALOG_ERROR', {}, { cause, detail: ofEarlierVersion })
}

export function isUnknownCall(error: unknown): boolean {
	return error instanceof Problem && error.message === ofEarlierVersion
}
