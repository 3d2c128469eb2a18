import { randomUUID } from 'node:crypto'
import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { describe, expect, test } from 'vitest'
import { inventoryCalls } from '../inventory-calls.ts'
import { sharedCatalog } from '../shared-catalog.ts'
import { errorOf, product, upserts } from '../start-catalog.ts'

const catalog = sharedCatalog('postgres')
const calls = inventoryCalls(catalog)

// This character takes four bytes, the most that a character can take.
const long = (length: number) => '\u{1D518}'.repeat(length)

describe('the largest valid requests', () => {
	test('256 reservations with 2,000 lines in all are served', async () => {
		const line = (index: number) => ({
			sku: `${'X'.repeat(60)}${index}`,
			quantity: 10_000,
			expectedUnitPrice: { currencyCode: 'EUR', amountMinor: Number.MAX_SAFE_INTEGER },
		})
		const reservations = Array.from({ length: 256 }, (_, index) => ({
			orderId: randomUUID(),
			holdDuration: { seconds: 86_399, nanos: 999_999_999 },
			lines: Array.from({ length: index < 208 ? 8 : 7 }, (_, place) => line(1_000 + place)),
		}))
		expect(reservations.flatMap(({ lines }) => lines)).toHaveLength(2_000)
		expect(inventoryRpcs.ReserveStock.requestSerialize({ reservations }).length).toBeGreaterThan(180_000)
		const results = await calls.reserveAll(reservations)
		expect(new Set(results.map(({ refusal }) => refusal?.reason))).toEqual(new Set(['PRODUCT_NOT_FOUND']))
	})

	test('a product with every field at its limit is created', async () => {
		const large = product({
			sku: 'L'.repeat(64),
			title: long(200),
			description: long(5_000),
			brand: long(100),
			category: long(200),
			attributes: Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index + 10}${long(38)}`, long(500)])),
			imageUrls: Array(20).fill(`https://a/${long(1_990)}`),
		})
		expect(catalogRpcs.CreateProduct.requestSerialize({ product: large }).length).toBeGreaterThan(280_000)
		expect(await catalog.create(large)).toMatchObject({ sku: large.sku, title: large.title })
	})

	test('an import message of 4 MB is imported', async () => {
		const products = Array.from({ length: 190 }, (_, index) => product({ sku: `I-${index}`, description: long(5_000) }))
		const [response] = await catalog.import([{ upserts: upserts(products) }])
		expect(response).toMatchObject({ createdCount: products.length, failures: [] })
	})
})

test('bytes that are no message are refused, and the error says so', async () => {
	const noMessage = { ...catalogRpcs.GetProduct, requestSerialize: () => Buffer.from([0x0a, 0xff]) }
	const refused = await errorOf(callUnary(catalog.catalog, noMessage, { sku: 'A' }, { timeoutMs: 60_000 }))
	expect(refused).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
	expect(refused.fieldViolations).toEqual([{ field: '', description: expect.stringContaining('not of the type') }])
})

describe('a unary request above 320 KB', () => {
	test('is refused, and the error names the limit', async () => {
		const refused = await errorOf(catalog.create(product({ description: 'x'.repeat(400_000) })))
		expect(refused).toMatchObject({ code: status.INVALID_ARGUMENT, reason: 'INVALID_REQUEST' })
		expect(refused.fieldViolations?.map(({ description }) => description)).toEqual([expect.stringContaining('320 KB')])
		expect(await errorOf(catalog.batchGet(['x'.repeat(400_000)]))).toMatchObject({ reason: 'INVALID_REQUEST' })
	})

	test('is refused without being decoded', async () => {
		const lines = Array.from({ length: 1_000_000 }, () => ({}))
		const refused = await errorOf(calls.reserveAll([{ lines }]))
		expect(refused).toMatchObject({ reason: 'INVALID_REQUEST', fieldViolations: [{ field: '' }] })
	})

	test('is UNAUTHENTICATED without a token, like any other request', async () => {
		const refused = await errorOf(catalog.create(product({ description: 'x'.repeat(400_000) }), 'none'))
		expect(refused).toMatchObject({ code: status.UNAUTHENTICATED })
	})
})
