import { currencyDigits } from '@mercat/catalog-api/currencies'
import { fieldNames, isProductField } from '@mercat/product-files/product-fields'
import type { ProductFileOptions } from '@mercat/product-files/product-file'
import { InvalidArgumentError } from 'commander'

/** The options of `mercat import`. */
export type ImportOptions = Omit<ProductFileOptions, 'isFeed'> & {
	/** As `HOST:PORT`. */
	catalog: string
	/** Imports nothing when the catalog has products, because an import would reset their prices and stock. */
	ifEmpty?: boolean
	dryRun?: boolean
	/** A file for the rows that failed or are held. The end of its name gives its form. */
	report?: string
	source?: string
}

export const importFormats = ['mercat', 'shopify', 'woocommerce', 'google'] as const

/**
 * Reads `field=column,…` beside what earlier options have said. A comma inside a column does not end it. A field without a
 * column is not read.
 */
export function toColumnMap(text: string, before: Record<string, string> = {}): Record<string, string> {
	const map = { ...before }
	for (const pair of text.split(/,(?=[^=,]+=)/)) {
		const [, name, column] = /^([^=]*)=(.*)$/s.exec(pair) ?? []
		const field = name?.trim()
		if (field === undefined || column === undefined)
			throw new InvalidArgumentError(`It must be field=column, not ${JSON.stringify(pair)}.`)
		if (!isProductField(field))
			throw new InvalidArgumentError(`${JSON.stringify(field)} is no field. The fields are ${fieldNames}.`)
		if (map[field] !== undefined) throw new InvalidArgumentError(`The field ${field} must have one column.`)
		map[field] = column
	}
	return map
}

export function toEncoding(text: string): string {
	try {
		return new TextDecoder(text).encoding
	} catch {
		throw new InvalidArgumentError('It must be the name of an encoding, such as windows-1252.')
	}
}

export function toCurrency(text: string): string {
	const code = text.toUpperCase()
	if (currencyDigits(code) === undefined) throw new InvalidArgumentError('It must be an ISO 4217 code, such as EUR.')
	return code
}

export function toReportPath(text: string): string {
	if (!/\.(csv|json)$/i.test(text)) throw new InvalidArgumentError('The name of the file must end with .csv or .json.')
	return text
}

export function toColumn(text: string): string {
	if (text.trim() === '') throw new InvalidArgumentError('It must name a column.')
	return text
}

/** Why the options cannot be used together. */
export function faultOfOptions({ map = {}, skuFrom, dryRun, ifEmpty }: ImportOptions): string | undefined {
	if (skuFrom !== undefined && map['sku'] !== undefined) return '--sku-from and --map sku=… name the same field'
	if (dryRun && ifEmpty) return '--dry-run changes nothing, so --if-empty has no meaning beside it'
	return undefined
}
