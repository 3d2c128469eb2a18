import { catalogRpcs } from '@mercat/catalog-api/load-proto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBarEncoder } from '../../../src/prices/history/encode-bars.ts'

const { responseSerialize, responseDeserialize } = catalogRpcs.GetPriceHistory
const encodeBars = createBarEncoder(responseSerialize)

const amount = fc.maxSafeNat()
const anyBar = fc.record({
	step: fc.nat(150_000),
	currency: fc.constantFrom('EUR', 'USD', 'XXX'),
	open: amount,
	high: amount,
	low: amount,
	close: amount,
	changes: fc.nat(),
})

test('encoded bars are read as those of the general encoder are', () => {
	const dayUs = 86_400_000_000
	const rest = { nextPageToken: 'next', beginTime: { seconds: 1, nanos: 5 }, exactSince: { seconds: 2, nanos: 0 } }
	fc.assert(
		fc.property(fc.array(anyBar), (bars) => {
			const messages = bars.map(({ step, currency, open, high, low, close, changes }) => ({
				beginTime: { seconds: (step * dayUs) / 1e6, nanos: 0 },
				currencyCode: currency,
				openMinor: open,
				highMinor: high,
				lowMinor: low,
				closeMinor: close,
				changes,
			}))
			const expected = responseSerialize({ bars: messages, ...rest })
			expect(responseDeserialize(encodeBars(bars, dayUs, rest))).toEqual(responseDeserialize(expected))
		}),
	)
})
