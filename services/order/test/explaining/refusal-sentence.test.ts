import type { RefusalMembers } from '@mercat/order-api/refusal-schemas'
import { type ProblemCode, problemsOfService, problemTable } from '@mercat/rest-api/problem-table'
import { describe, expect, test } from 'vitest'
import { refusalSentence } from '../../src/explaining/refusal-sentence.ts'
import { keptRequest } from './order-facts.ts'

const codes = problemsOfService.order
const kept = (code: ProblemCode, members: RefusalMembers = {}) => {
	const { status, meaning } = problemTable[code]
	return refusalSentence(keptRequest({ code, status, detail: meaning, members }))
}

describe('the sentence about a refusal', () => {
	test.each(codes)('with %s has the time, the code, what has happened and what to do', (code) => {
		const text = kept(code)
		const outcome = problemTable[code].status >= 500 ? 'Failed' : 'Refused'
		expect(text).toMatch(
			new RegExp(`^${outcome} on 29 November 2026 at 12:01:04 UTC: ${code}\\. [A-Z].+\\. [A-Z].+\\.$`),
		)
		expect(text).not.toMatch(/undefined|null|`| {2}|\.\./)
	})

	test.each(codes)('with %s is not lost when the members of the problem are not known', (code) => {
		expect(refusalSentence(keptRequest({ code, detail: null, members: {} }))).not.toMatch(/undefined|null|NaN/)
	})

	// Staff reads these, and is not the client. Codes that no request about an order gets are not among them.
	test.each(codes.filter((code) => !/WEBHOOK|DELIVERY|STREAM|POSITION|PRODUCT_NOT/.test(code)))(
		'with %s does not speak to the client',
		(code) => {
			expect(kept(code)).not.toMatch(/\b[Yy]ou(r|rs)?\b/)
		},
	)

	test.each<[ProblemCode, RefusalMembers, string]>([
		[
			'PRICE_CHANGED',
			{
				items: [
					{
						sku: 'CUP',
						expected: { amountMinor: 1190, currency: 'EUR' },
						actual: { amountMinor: 1290, currency: 'EUR' },
					},
				],
			},
			'The order expected EUR 11.90 for CUP, and its price was EUR 12.90. Nothing was ordered.',
		],
		[
			'OUT_OF_STOCK',
			{
				items: [
					{ sku: 'CUP', requested: 3, available: 0 },
					{ sku: 'MUG', requested: 2, available: 1 },
				],
			},
			'The order asked for 3 of CUP where 0 were available and 2 of MUG where 1 was available. Nothing was ordered.',
		],
		[
			'UNKNOWN_PRODUCT',
			{ skus: ['A', 'B', 'C'] },
			'The catalog did not sell A, B and C: it has no such product, or it is archived.',
		],
		[
			'MIXED_CURRENCIES',
			{ currencies: ['EUR', 'USD'] },
			'The products have prices in EUR and USD, and an order has one currency.',
		],
		[
			'INVALID_REQUEST',
			{ errors: [{ pointer: '#/items/0/quantity', code: 'minimum', detail: 'must be >= 1' }] },
			'The request broke a rule: #/items/0/quantity must be >= 1.',
		],
	])('with %s names what is at fault', (code, members, text) => {
		expect(kept(code, members)).toContain(text)
	})
})
