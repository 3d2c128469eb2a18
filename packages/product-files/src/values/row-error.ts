/** The rules of the fields of a product, whatever the format of its file. `docs/product-files.md` explains each rule. */
export const fieldRules = [
	'UNKNOWN_FIELD',
	'SKU_REQUIRED',
	'SKU_INVALID',
	'SKU_TOO_LONG',
	'GROUP_INVALID',
	'TITLE_REQUIRED',
	'TEXT_INVALID',
	'PRICE_REQUIRED',
	'PRICE_INVALID',
	'PRICE_AMBIGUOUS',
	'PRICE_TOO_PRECISE',
	'PRICE_TOO_LARGE',
	'PRICE_NEGATIVE',
	'PRICE_NOT_POSITIVE',
	'CURRENCY_REQUIRED',
	'CURRENCY_INVALID',
	'CURRENCY_AMBIGUOUS',
	'CURRENCY_DIFFERS',
	'QUANTITY_INVALID',
	'CATEGORY_INVALID',
	'IMAGE_URL_INVALID',
	'ATTRIBUTE_INVALID',
] as const

/** The rules of formats. */
export const formatRules = [
	'AVAILABILITY_INVALID',
	'NOT_PUBLISHED',
	'SKU_REPEATED',
	'PRODUCT_TYPE_REFUSED',
	'PARENT_MISSING',
	'TOO_MANY_ROWS',
] as const

export type FieldRule = (typeof fieldRules)[number]

/** Why a row of a file is refused. */
export type RowRule = FieldRule | (typeof formatRules)[number]

/** One row of a file cannot be imported. The other rows can. */
export class RowError extends Error {
	override name = 'RowError'
	readonly rule: RowRule

	constructor(rule: RowRule, message: string) {
		super(message)
		this.rule = rule
	}
}
