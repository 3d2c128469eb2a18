import { describe, expect, test } from 'vitest'
import { toProductRow } from '../../src/mapping/to-product-row.ts'
import { type FieldRule, fieldRules } from '../../src/values/row-error.ts'

type Refused = { values: object; options?: object }

/** For each rule, records that it refuses. */
const refused: Record<FieldRule, Refused[]> = {
	UNKNOWN_FIELD: [{ values: { sku: 'A', color: 'grey' } }, { values: { sku: 'A', Title: 'x' } }],
	SKU_REQUIRED: [{ values: { title: 'Mug' } }, { values: { sku: ' ' } }, { values: { sku: null } }],
	SKU_INVALID: [
		{ values: { sku: 'half a \ud83d' } },
		{ values: { sku: 1.5 } },
		{ values: { sku: 2 ** 53 } },
		{ values: { sku: ['A', 'B'] } },
	],
	SKU_TOO_LONG: [
		{ values: { sku: 'x'.repeat(65) } },
		{ values: { sku: 'x'.repeat(65) }, options: { isForeign: true } },
	],
	GROUP_INVALID: [{ values: { sku: 'A', group: 1.5 } }, { values: { sku: 'A', group: {} } }],
	TITLE_REQUIRED: [{ values: { sku: 'A', title: '' } }, { values: { sku: 'A', title: null } }],
	TEXT_INVALID: [
		{ values: { sku: 'A', brand: 7 } },
		{ values: { sku: 'A', title: ['Mug', 'Cup'] } },
		{ values: { sku: 'A', description: 'NUL \0' } },
		{ values: { sku: 'A', title: 'half a \ud83d' } },
	],
	PRICE_REQUIRED: [{ values: { sku: 'A', price: '', currency: 'EUR' } }, { values: { sku: 'A', currency: 'EUR' } }],
	PRICE_INVALID: [{ values: { sku: 'A', price: 'abc', currency: 'EUR' } }],
	PRICE_AMBIGUOUS: [
		{ values: { sku: 'A', price: '1,234', currency: 'EUR' } },
		{ values: { sku: 'A', price: '2.990', currency: 'EUR' } },
	],
	PRICE_TOO_PRECISE: [{ values: { sku: 'A', price: '9.9999', currency: 'EUR' } }],
	PRICE_TOO_LARGE: [{ values: { sku: 'A', price: '90071992547409.92', currency: 'EUR' } }],
	PRICE_NEGATIVE: [{ values: { sku: 'A', price: '-1', currency: 'EUR' } }],
	PRICE_NOT_POSITIVE: [{ values: { sku: 'A', price: '0.00', currency: 'EUR' }, options: { isFeed: true } }],
	CURRENCY_REQUIRED: [{ values: { sku: 'A', price: '1' } }],
	CURRENCY_INVALID: [{ values: { sku: 'A', price: '1', currency: 'BTC' } }],
	CURRENCY_AMBIGUOUS: [{ values: { sku: 'A', price: '$ 1' } }],
	CURRENCY_DIFFERS: [{ values: { sku: 'A', price: '1 USD', currency: 'EUR' } }],
	QUANTITY_INVALID: [
		{ values: { sku: 'A', onHand: '1,000' } },
		{ values: { sku: 'A', onHand: '1.000' } },
		{ values: { sku: 'A', onHand: '1.000.000' } },
		{ values: { sku: 'A', onHand: '-3' } },
		{ values: { sku: 'A', onHand: -3 } },
		{ values: { sku: 'A', onHand: '2.5' } },
		{ values: { sku: 'A', onHand: 'in stock' } },
		{ values: { sku: 'A', onHand: '9007199254740992' } },
		{ values: { sku: 'A', onHand: true } },
	],
	CATEGORY_INVALID: [
		{ values: { sku: 'A', category: '/Home/Kitchen/' } },
		{ values: { sku: 'A', category: 'Home > > Kitchen' } },
		{ values: { sku: 'A', category: ['Home', 'Kitchen'] } },
	],
	IMAGE_URL_INVALID: [
		{ values: { sku: 'A', imageUrls: 'https://cdn.example.com/my photo.jpg' } },
		{ values: { sku: 'A', imageUrls: '/m/a/logo.png' } },
		{ values: { sku: 'A', imageUrls: '//cdn.example.com/a.jpg' } },
		{ values: { sku: 'A', imageUrls: 'https://a.example, b.jpg' } },
		{ values: { sku: 'A', imageUrls: [1] } },
	],
	ATTRIBUTE_INVALID: [
		{ values: { sku: 'A', attributes: [] } },
		{ values: { sku: 'A', attributes: 'color' } },
		{ values: { sku: 'A', attributes: { size: {} } } },
		{ values: { sku: 'A', attributes: { size: 'L', 'size ': 'M' } } },
		{ values: { sku: 'A', attributes: { '': 'x' } } },
		{ values: { sku: 'A', 'attributes.': 'x' } },
		{ values: { sku: 'A', attributes: { 'half a \ud83d': 'x' } } },
		{ values: { sku: 'A', 'attributes.note': 'NUL \0' } },
	],
}

describe.each(fieldRules)('The rule %s', (rule) => {
	test.each(refused[rule])('refuses %o', ({ values, options }) => {
		const record = { line: 1, values: new Map(Object.entries(values)) }
		const usual = { isForeign: false, skuPrefix: '', currency: undefined, isFeed: false }
		expect(toProductRow(record, { ...usual, ...options })).toMatchObject({ rule })
	})
})
