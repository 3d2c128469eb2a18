import { isAmount } from '@mercat/catalog-api/amounts'
import { isSku } from '@mercat/catalog-api/identifiers'
import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { googleFormat } from '../src/formats/google.ts'
import { googleColumns } from '../src/formats/google-names.ts'
import { mercatFormat } from '../src/formats/mercat.ts'
import { createColumnMap } from '../src/mapping/column-map.ts'
import { optionalFields, requiredFields } from '../src/mapping/product-fields.ts'
import type { ProductRow } from '../src/mapping/product-row.ts'
import { toProductRow } from '../src/mapping/to-product-row.ts'
import type { FileRecord } from '../src/records/file-record.ts'
import { fieldRules, formatRules } from '../src/values/row-error.ts'

// A failure shows the seed. FAST_CHECK_SEED=… repeats the run.
const seed = Number(process.env['FAST_CHECK_SEED'] ?? Date.now() % 2 ** 31)
const parameters = { seed, numRuns: 3_000, interruptAfterTimeLimit: 30_000 }

const text = fc.string({ unit: 'binary' })
const column = fc.oneof(
	fc.constantFrom(...requiredFields, ...optionalFields, 'attributes', 'attributes.', 'attributes.size', '__proto__'),
	fc.constantFrom(...googleColumns).chain((name) => fc.constantFrom(name, `g:${name}`, name.toUpperCase())),
	text,
)
const usualValue = fc.constantFrom<unknown>(
	...['A-1', 'Mug', '12,90', '1,234', '1.234,50 €', '$ 5', 'EUR', 'eur', '10.0', '-3', 'Home > Tea', '/', 'in stock'],
	...['https://a.example/1.jpg, https://a.example/2.jpg', 'http://', ',;|', ' ', '', '\0', '\ud800', '5'.repeat(70)],
	...[null, undefined, true, 0, -0, 9.99, 1e21, 2 ** 53, Number.NaN, [], {}, [[]], ['https://a.example', null]],
	...[JSON.parse('{"__proto__":"x"}'), { size: { a: 1 } }, { size: 4, color: null }],
)
const value = fc.oneof({ weight: 3, arbitrary: usualValue }, { weight: 1, arbitrary: fc.oneof(text, fc.jsonValue()) })
const values = fc.array(fc.tuple(column, value), { maxLength: 12 }).map((entries) => new Map(entries))
const record: fc.Arbitrary<FileRecord> = fc
	.tuple(fc.option(values, { freq: 20 }), fc.integer({ min: 1, max: 1e6 }))
	.map(([found, line]) => (found === null ? { line, problem: 'not JSON', rule: 'NOT_JSON' } : { line, values: found }))
const options = fc.record({
	isForeign: fc.boolean(),
	skuPrefix: fc.constantFrom('', 'acme.'),
	currency: fc.constantFrom(undefined, 'EUR', 'KWD'),
	isFeed: fc.boolean(),
})
const map = fc.dictionary(
	fc.constantFrom('sku', 'title', 'price', 'attributes.size'),
	fc.oneof(column, fc.constant('')),
)

test.each([mercatFormat, googleFormat])('any records give one outcome each in the format $name', async (format) => {
	await fc.assert(
		fc.asyncProperty(fc.array(record, { maxLength: 4 }), map, options, async (records, mapped, rowOptions) => {
			const own = format.toOwnRecords(eachOf(records), createColumnMap(mapped), {})
			const rows: ProductRow[] = []
			for await (const one of own) rows.push(toProductRow(one, rowOptions))
			expect(rows.map(({ line }) => line)).toEqual(records.map(({ line }) => line))
			for (const row of rows) checkOutcome(row)
		}),
		parameters,
	)
})

async function* eachOf(records: FileRecord[]): AsyncGenerator<FileRecord> {
	yield* records
}

const rules = [...fieldRules, ...formatRules, 'NOT_JSON'] as string[]

function checkOutcome(row: ProductRow): void {
	if (!('upsert' in row)) {
		expect(rules).toContain(row.rule)
		expect(row.problem).not.toBe('')
		return
	}
	const { ImportProducts } = catalogRpcs
	const request = { upserts: [row.upsert], source: '', runNumber: 0, validateOnly: false }
	const { upserts } = ImportProducts.requestDeserialize(ImportProducts.requestSerialize(request))
	const product = upserts[0]?.product
	expect(isSku(product?.sku ?? '')).toBe(true)
	expect(row.sku).toBe(product?.sku)
	expect(upserts[0]?.updateMask?.paths).toEqual(row.upsert.updateMask?.paths)
	expect(product?.attributes).toEqual(row.upsert.product?.attributes)
	expect(isAmount(product?.price?.amountMinor ?? 0)).toBe(true)
	expect(isAmount(upserts[0]?.onHand ?? 0)).toBe(true)
	expect(product?.category.split('/').includes('') && product.category !== '').toBe(false)
	expect(product?.title).toBe(row.upsert.product?.title ?? '')
}
