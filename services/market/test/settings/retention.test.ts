import { expect, test } from 'vitest'
import { defaultRetention, readRetention } from '../../src/settings/retention.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

test('without a text everything is kept as long as usual', () => {
	const retention = { ticks: hourMs, '1s': dayMs, '1m': 30 * dayMs, '1h': 730 * dayMs, '1d': 3_650 * dayMs }
	expect(readRetention(undefined)).toEqual({ retention })
	expect(readRetention('1s=1d,1m=30d,1h=2y,1d=10y,ticks=1h')).toEqual({ retention })
})

test('what the text leaves out keeps its default', () => {
	expect(readRetention('ticks=90m, 1s=2w')).toEqual({
		retention: { ...defaultRetention, ticks: 1.5 * hourMs, '1s': 14 * dayMs },
	})
})

test.each([
	['5s=1d', /^must be a list such as ticks=1h,1s=1d/],
	['1s', /^must be a list/],
	['1s=1', /^must be a list/],
	['1s=-1d', /^must be a list/],
	['1s=1d;1m=2d', /^must be a list/],
	['1s=1d,1s=2d', 'must not have 1s twice'],
	['ticks=29m', 'must keep ticks for at least 30m'],
	['1s=1h', 'must keep 1s for at least 2h'],
	['1m=1d', 'must keep 1m for at least 2d'],
	['1d=101y', 'must not keep 1d for longer than 100y'],
])('%s is refused', (text, message) => {
	expect(readRetention(text)).toEqual({
		fault: typeof message === 'string' ? message : expect.stringMatching(message),
	})
})
