import { expect, test } from 'vitest'
import { distanceOf } from '../src/page/parts/values/time.js'

const hour = 3_600_000

test.each([
	[8 * hour - 1, 'in 8 h'],
	[59 * 60_000 + 59_000, 'in 1 h'],
	[59_500, 'in 1 min'],
	[400, 'in 1 s'],
	[0, 'now'],
	[-999, 'now'],
	[-8 * hour + 1, '7 h ago'],
	[-49 * hour, '2 days ago'],
])('%d ms away is %s', (ms, text) => {
	expect(distanceOf(ms)).toBe(text)
})
