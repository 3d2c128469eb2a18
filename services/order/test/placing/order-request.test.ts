import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderIdOf } from '../../src/order/order-id.ts'
import { fingerprintOf } from '../../src/placing/fingerprint.ts'
import { normalizeOrderRequest } from '../../src/placing/order-request.ts'

const text = fc.string({ unit: 'grapheme' })
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const money = fc.record({ currency: fc.stringMatching(/^[A-Z]{3}$/), amountMinor: fc.maxSafeNat() })
const address = fc.record({
	name: text,
	line1: text,
	line2: optional(text),
	city: text,
	region: optional(text),
	postalCode: text,
	country: text,
})
const requests = fc.record({
	// An object lists members with numeric names first, in an order that is not canonical.
	metadata: optional(fc.dictionary(fc.oneof(text, fc.nat().map(String)), text)),
	shippingAddress: optional(address),
	reference: optional(text),
	items: fc.uniqueArray(
		fc.record({ sku: text, expectedUnitPrice: optional(money), quantity: fc.integer({ min: 1, max: 10_000 }) }),
		{ minLength: 1, selector: ({ sku }) => sku },
	),
})

test('the fingerprint of a request is the SHA-256 of its canonical JSON', () => {
	fc.assert(
		fc.property(requests, (request) => {
			const normalized = normalizeOrderRequest(JSON.parse(JSON.stringify(request)))
			const whole = canonicalize(normalized) as string
			expect(fingerprintOf(normalized)).toBe(createHash('sha256').update(whole).digest('hex'))
		}),
	)
})

test('the fingerprint of a request stays the same in every release, because orders keep it', () => {
	const whole = {
		shippingAddress: { name: 'Zoë', line1: 'Ufer 1', city: 'Köln', postalCode: '50667', country: 'DE' },
		reference: 'a "b" €',
		metadata: { '10': 'ten', '9': 'nine', b: 'x', a: 'y' },
		items: [
			{ sku: 'TEE', quantity: 1 },
			{ sku: 'MUG', quantity: 1, expectedUnitPrice: { currency: 'EUR', amountMinor: 1290 } },
			{ sku: 'TEE', quantity: 2 },
		],
	}
	expect(fingerprintOf(normalizeOrderRequest(whole))).toBe(
		'5d6d9ff4647eaf100448f7485842c880f5d23ec277589499e5a4264a4ef3f643',
	)
	expect(fingerprintOf(normalizeOrderRequest({ items: [{ sku: 'MUG', quantity: 1 }] }))).toBe(
		'bca5f62adbc6c2659a446e526e95423a4d087eb6aa23027861b1aaaa12a4f717',
	)
})

test('a customer and a key give the same order id in every release', () => {
	expect(orderIdOf('alice', 'my-first-order')).toBe('8f9327af-a615-50c9-b8a4-1e836388d3c5')
})
