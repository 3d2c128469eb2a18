import { hash } from 'node:crypto'
import type { ProductRow } from '../mapping/product-row.ts'
import { createRowTable } from './row-table.ts'

/**
 * Refuses a row whose sku an earlier row of the file has, unless both give the same product: the later one would overwrite
 * the earlier one without a word. A file of another system says each product once, so these are two products. Rows that
 * are refused for another reason do not count.
 */
export async function* refuseRepeatedSkus(
	rows: AsyncIterable<ProductRow>,
	lineName: string,
): AsyncGenerator<ProductRow> {
	const table = createRowTable()
	for await (const row of rows) {
		if (!('upsert' in row)) {
			yield row
			continue
		}
		const { line, sku = '' } = row
		const digest = digestOf(JSON.stringify({ ...row.upsert, rowNumber: 0 })).readUInt32BE(0)
		const first = table.findOrAdd(keyOf(sku), digest, line)
		if (first === undefined || first.digest === digest) yield row
		else
			yield {
				line,
				sku,
				rule: 'SKU_REPEATED',
				problem: `${lineName} ${first.line} is another product with the same sku`,
			}
	}
}

// The most bits that a number holds: of a million skus, two have the same key in one file of 18,000.
function keyOf(sku: string): number {
	const digest = digestOf(sku)
	return digest.readUInt32BE(0) * 2 ** 21 + (digest.readUInt32BE(4) >>> 11)
}

function digestOf(text: string): Buffer {
	return hash('sha1', text, 'buffer')
}
