/** Why a record of a file has no values. `docs/product-files.md` explains each rule. */
export const recordRules = [
	'CELL_COUNT',
	'NOT_JSON',
	'NOT_OBJECT',
	'NOT_UTF8',
	'QUOTE_NOT_CLOSED',
	'TEXT_AFTER_QUOTE',
	'TOO_LONG',
] as const

export type RecordRule = (typeof recordRules)[number]
