import type { FileRow } from '@mercat/product-files/file-row'
import { expect, test } from 'vitest'
import { importBatches } from '../../src/import/import-batches.ts'

test('a row that is too large for a message is refused with the name of its largest field, and the others are sent', async () => {
	const mug = { sku: 'MUG', title: 'Mug', price: '1', currency: 'EUR' }
	async function* rows(): AsyncGenerator<FileRow> {
		yield { rowNumber: 1, value: mug }
		yield { rowNumber: 2, value: { ...mug, attributes: { care: 'x'.repeat(200_000) } } }
	}
	const refused: [number, string][] = []
	const sent: unknown[] = []
	for await (const batch of importBatches(rows(), (...row) => refused.push(row))) sent.push(...batch)
	expect(refused).toEqual([[2, 'longer than 200000 bytes, most of them in attributes']])
	expect(sent).toMatchObject([{ rowNumber: 1 }])
})
