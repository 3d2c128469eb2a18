import type { RecordFile } from '../reading/open-records.ts'
import type { ProductRow } from './product-row.ts'

export type FormatName = 'mercat' | 'shopify' | 'woocommerce' | 'google'

/** How a product file is to be read. Without options, the content of the file tells. */
export type ProductFileOptions = {
	format?: FormatName | undefined
	/** The columns of fields: `{ title: 'Name', 'attributes.color': 'Colour' }`. A field with the column '' is not read. */
	map?: Record<string, string> | undefined
	/** A label of the Encoding Standard, such as "windows-1252". */
	encoding?: string | undefined
	/** The currency of prices that name none. */
	currency?: string | undefined
	/** The column of the sku. */
	skuFrom?: string | undefined
	/** Put before each sku and each group, so that the names of several sources do not meet. */
	skuPrefix?: string | undefined
	/** Also refuses the price 0. */
	isFeed?: boolean | undefined
}

/** An open product file. */
export type ProductFile = Omit<RecordFile, 'columns' | 'missing' | 'records'> & {
	format: FormatName
	/** The columns that say nothing to this format and its mapping. */
	ignoredColumns: string[]
	/** One row for each record of the file, in its order. It can be read once. */
	rows: AsyncIterable<ProductRow>
}
