import type { ShopifyRow } from './shopify-row.ts'

export type ShopifyOption = { name: string; value: string }

const optionColumns = [
	['name1', 'value1'],
	['name2', 'value2'],
	['name3', 'value3'],
] as const

/**
 * The options of a variant, such as its colour. Only the first row of a product has their names. Shopify gives a product
 * without options the option "Title" with the value "Default Title".
 */
export function optionsOf(row: ShopifyRow, first: ShopifyRow): ShopifyOption[] {
	return optionColumns
		.map(([nameColumn, valueColumn], at) => ({
			name: row.cells.get(nameColumn) || first.cells.get(nameColumn) || `Option${at + 1}`,
			value: row.cells.get(valueColumn) ?? '',
		}))
		.filter(({ value }) => value !== '' && value !== 'Default Title')
}

/** The title of a variant, which tells what it is: "T-shirt – Red / M". */
export function variantTitle(title: string, options: ShopifyOption[]): string {
	if (title === '' || options.length === 0) return title
	return `${title} – ${options.map(({ value }) => value).join(' / ')}`
}
