import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import { toTimestamp } from '@mercat/catalog-api/timestamps'
import { expect, test } from 'vitest'
import { describeHold } from '../../src/prices/hold-lines.ts'

const time = (text: string) => toTimestamp(new Date(text))

test('a hold with the rule of another program shows the rule as it is, and when the hold ends', () => {
	const hold: HeldPrice__Output = {
		id: 'c0a5e6cf-6e2b-4d5f-8e37-0f5d2c9b7a11',
		sku: 'MUG',
		title: 'Mug',
		source: 'ticker',
		oldPrice: { currencyCode: 'EUR', amountMinor: 1290 },
		newPrice: { currencyCode: 'EUR', amountMinor: 99 },
		currentPrice: { currencyCode: 'EUR', amountMinor: 1290 },
		rule: 'STALE_QUOTE',
		figures: { ageS: 12 },
		opinions: [],
		since: time('2026-11-29T06:00:03.902Z'),
		until: time('2026-11-29T07:00:00Z'),
	}
	expect(describeHold(hold)).toBe(
		'c0a5e6cf-6e2b-4d5f-8e37-0f5d2c9b7a11  MUG: 12.90 EUR to 0.99 EUR (STALE_QUOTE), from ticker, held since 2026-11-29T06:00:03.902Z, until 2026-11-29T07:00:00.000Z: Mug',
	)
	expect(describeHold({ ...hold, until: null })).not.toContain('until')
})
