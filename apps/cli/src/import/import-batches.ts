import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { FileRow } from '@mercat/product-files/file-row'
import { toUpsert } from '@mercat/product-files/product-row'
import { RowError } from '@mercat/product-files/row-error'

const mostRows = 500
// Below the limit of the catalog, which is 4 MB for a request of an import.
const mostBytes = 200_000

/**
 * Groups rows into requests for `ImportProducts`, each small enough for one message.
 *
 * @param onBadRow called for each row that cannot be sent
 */
export async function* importBatches(
	rows: AsyncIterable<FileRow>,
	onBadRow: (rowNumber: number, reason: string) => void,
): AsyncGenerator<ProductUpsert[]> {
	let batch: ProductUpsert[] = []
	let batchBytes = 0
	for await (const row of rows) {
		try {
			const { upsert, bytes } = toSizedUpsert(row)
			if (batch.length === mostRows || (batch.length > 0 && batchBytes + bytes > mostBytes)) {
				yield batch
				batch = []
				batchBytes = 0
			}
			batch.push(upsert)
			batchBytes += bytes
		} catch (error) {
			if (!(error instanceof RowError)) throw error
			onBadRow(row.rowNumber, error.message)
		}
	}
	if (batch.length > 0) yield batch
}

function largestField({ product }: ProductUpsert): string {
	const sizes = Object.entries(product ?? {}).map(([field, value]) => ({ field, size: JSON.stringify(value).length }))
	return sizes.reduce((one, other) => (other.size > one.size ? other : one)).field
}

function toSizedUpsert(row: FileRow): { upsert: ProductUpsert; bytes: number } {
	if ('problem' in row) throw new RowError(row.problem)
	const upsert = toUpsert(row.value, row.rowNumber)
	// A little more than the length of the encoded message.
	const bytes = Buffer.byteLength(JSON.stringify(upsert))
	if (bytes > mostBytes) throw new RowError(`longer than ${mostBytes} bytes, most of them in ${largestField(upsert)}`)
	return { upsert, bytes }
}
