/** Why a file cannot be read. `docs/product-files.md` explains each code. */
export const productFileErrorCodes = [
	'COLUMN_MISSING',
	'COLUMN_REPEATED',
	'COLUMN_UNKNOWN',
	'CURRENCY_REQUIRED',
	'EMPTY_FILE',
	'HEADER_INVALID',
	'HTML_PAGE',
	'NOT_COMPLETE',
	'NOT_TEXT',
	'NOT_UTF8',
	'NOT_XML',
	'NO_RECORDS',
	'OPTION_INVALID',
	'TEXT_AFTER_END',
	'TOO_DEEP',
	'TOO_MANY_ROWS',
	'UNKNOWN_ENCODING',
	'UNREADABLE',
] as const

export type ProductFileErrorCode = (typeof productFileErrorCodes)[number]

/** A product file cannot be read, or cannot be read to its end. The code is fixed, and the message is for people. */
export class ProductFileError extends Error {
	override name = 'ProductFileError'
	readonly code: ProductFileErrorCode

	constructor(code: ProductFileErrorCode, message: string, options?: ErrorOptions) {
		super(message, options)
		this.code = code
	}
}
