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
		const digest = digestOf(JSON.stringify({ ...row.upsert, rowNumber: 0 })) >>> 0
		const first = table.findOrAdd(digestOf(sku), digest, line)
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

/**
 * A digest of 53 bits, the most that a number holds: of a million skus, two have the same one in one file of 18,000. It is
 * the function cyrb53, which takes a fraction of the time of SHA-1 for texts as short as a row.
 */
function digestOf(text: string): number {
	let high = 0xdeadbeef
	let low = 0x41c6ce57
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at)
		high = Math.imul(high ^ code, 2654435761)
		low = Math.imul(low ^ code, 1597334677)
	}
	const first = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
	const second = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909)
	return (second & 0x1fffff) * 2 ** 32 + (first >>> 0)
}
