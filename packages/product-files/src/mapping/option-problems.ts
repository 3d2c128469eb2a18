import { currencyDigits } from '@mercat/catalog-api/currencies'
import { fieldNames, isProductField } from './product-fields.ts'
import type { ProductFileOptions } from './product-file.ts'

/** Everything that is wrong with the options of a product file, each in a sentence of its own. */
export function optionProblems({ map = {}, currency, skuFrom, skuPrefix = '' }: ProductFileOptions): string[] {
	const unknown = Object.keys(map).filter((field) => !isProductField(field))
	const named = unknown.map((field) => JSON.stringify(field)).join(', ')
	const problems = {
		[`map must name fields of a product, unlike ${named}; the fields are ${fieldNames}`]: unknown.length > 0,
		[`currency must be an ISO 4217 code, not ${JSON.stringify(currency)}`]:
			currency !== undefined && currencyDigits(currency) === undefined,
		'skuFrom must name a column': skuFrom === '',
		'skuFrom and map must not both name the column of the sku': skuFrom !== undefined && map['sku'] !== undefined,
		'skuPrefix must have at most 32 of A-Z a-z 0-9 . _ -': !/^[A-Za-z0-9._-]{0,32}$/.test(skuPrefix),
	}
	return Object.entries(problems)
		.filter(([, isWrong]) => isWrong)
		.map(([problem]) => problem)
}
