import { expect, test } from 'vitest'
import { encodeImportRequest, encodeUpsert } from '../src/import-request.ts'
import { catalogRpcs } from '../src/proto/load-proto.ts'

const read = catalogRpcs.ImportProducts.requestDeserialize

test('the catalog reads the rows and the settings of a request that was put together from its parts', () => {
	const product = {
		sku: 'MUG',
		title: 'Mug',
		price: { currencyCode: 'EUR', amountMinor: 2 ** 53 - 1 },
		attributes: { color: 'blue' },
		imageUrls: ['https://example.com/1.png', 'https://example.com/2.png'],
		group: 'mugs',
	}
	const rows = [
		{ rowNumber: 7, product, onHand: 0, updateMask: { paths: ['title', 'attributes.color'] }, sourceSku: 'M U G' },
		{ rowNumber: 8, product: { sku: 'CUP' } },
	]
	const request = read(
		Buffer.from(
			encodeImportRequest(
				rows.map(encodeUpsert),
				{ source: 'acme', runNumber: 3, validateOnly: true },
				new ArrayBuffer(500),
			),
		),
	)
	expect(request).toMatchObject({ upserts: rows, source: 'acme', runNumber: 3, validateOnly: true })
	expect(request.upserts[1]?.onHand).toBeUndefined()
	expect(request.upserts[1]?.updateMask).toBeNull()
})

test('a request without settings is one of the shop itself', () => {
	const request = read(Buffer.from(encodeImportRequest([encodeUpsert({ rowNumber: 1 })], {}, new ArrayBuffer(50))))
	expect(request).toMatchObject({ source: '', runNumber: 0, validateOnly: false })
})
