// For the time being: the readers as they are, in the form that they will have.
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import { toUpsert } from '@mercat/product-files/product-row'
import { readRows, rowName } from '@mercat/product-files/read-rows'
import { RowError } from '@mercat/product-files/row-error'

export type ProductFileOptions = {
	format?: 'mercat' | 'shopify' | 'woocommerce' | 'google'
	map?: Record<string, string>
	encoding?: string
	currency?: string
	skuFrom?: string
	skuPrefix?: string
	isFeed?: boolean
}
export type ProductRow = { line: number; sku?: string } & (
	| { upsert: ProductUpsert }
	| { rule: string; problem: string }
)
export type ProductFile = {
	format: string
	kind: string
	encoding: string
	delimiter?: string
	lineName: 'line' | 'element'
	ignoredColumns: string[]
	rows: AsyncIterable<ProductRow>
}

export async function openProductFile(
	_bytes: AsyncIterable<Uint8Array>,
	_options: ProductFileOptions,
	path: string,
): Promise<ProductFile> {
	async function* rows(): AsyncGenerator<ProductRow> {
		for await (const row of readRows(path)) {
			const line = row.rowNumber
			if ('problem' in row) yield { line, rule: 'ROW_INVALID', problem: row.problem }
			else {
				try {
					yield { line, upsert: toUpsert(row.value, line) }
				} catch (error) {
					if (!(error instanceof RowError)) throw error
					yield { line, rule: 'ROW_INVALID', problem: error.message }
				}
			}
		}
	}
	return {
		format: 'mercat',
		kind: 'delimited',
		encoding: 'utf-8',
		lineName: rowName(path),
		ignoredColumns: [],
		rows: rows(),
	}
}
