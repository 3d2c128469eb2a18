import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderIdOf } from '../../src/order/order-id.ts'
import { fingerprintOf, normalizeOrderRequest } from '../../src/placing/order-request.ts'

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
	// Names that are numbers come first in an object, whatever canonical JSON says.
	metadata: optional(fc.dictionary(fc.oneof(text, fc.nat().map(String)), text)),
	shippingAddress: optional(address),
	reference: optional(text),
	items: fc.uniqueArray(
		fc.record({ sku: text, expectedUnitPrice: optional(money), quantity: fc.integer({ min: 1, max: 10_000 }) }),
		{ minLength: 1, selector: ({ sku }) => sku },
	),
})

test('a fingerprint is the SHA-256 of the request in canonical JSON', () => {
	fc.assert(
		fc.property(requests, (request) => {
			const normalized = normalizeOrderRequest(JSON.parse(JSON.stringify(request)))
			const whole = canonicalize(normalized) as string
			expect(fingerprintOf(normalized)).toBe(createHash('sha256').update(whole).digest('hex'))
		}),
	)
})

test('the id of an order never changes', () => {
	expect(orderIdOf('alice', 'my-first-order')).toBe('8f9327af-a615-50c9-b8a4-1e836388d3c5')
})
