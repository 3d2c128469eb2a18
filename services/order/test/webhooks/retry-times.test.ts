import { retryAfterMs } from '@mercat/service/retry-after'
import { describe, expect, test } from 'vitest'
import type { LoggedEvent } from '../../src/events/logged-event.ts'
import { recordOf } from '../../src/webhooks/dispatching/delivery-record.ts'
import { retryDelayMs } from '../../src/webhooks/retry-delay.ts'

const [secondMs, hourMs, dayMs] = [1_000, 3_600_000, 86_400_000]

describe('the delay before the next attempt', () => {
	test.each([
		[1, secondMs],
		[2, 2 * secondMs],
		[5, 16 * secondMs],
		[12, 2048 * secondMs],
		[13, hourMs],
		[1000, hourMs],
	])('after %i attempts is between a half and the whole of %i ms', (tries, wholeMs) => {
		const delays = Array.from({ length: 200 }, () => retryDelayMs(tries))
		expect(Math.min(...delays)).toBeGreaterThan(wholeMs / 2)
		expect(Math.max(...delays)).toBeLessThanOrEqual(wholeMs)
		expect(new Set(delays).size).toBeGreaterThan(50)
	})

	test('is as long as the receiver asks for, and never shorter than without', () => {
		expect(retryDelayMs(1, dayMs)).toBe(dayMs)
		expect(retryDelayMs(13, secondMs)).toBeGreaterThan(hourMs / 2)
	})
})

test('a delivery is dead when it fails three days after the first attempt', () => {
	const event = { position: 1, orderId: '', version: 1, type: '', text: '', hasOldMessages: false } as LoggedEvent
	const stateAfter = (triedForMs: number) =>
		recordOf(
			{ event, tries: 9, triedForMs },
			{ outcome: 'failed', attempt: { at: '2026-11-29T05:00:00Z', ms: 1 }, retryAfterMs: 0 },
		).state
	expect(stateAfter(3 * dayMs - 1)).toBe('pending')
	expect(stateAfter(3 * dayMs)).toBe('dead')
})

describe('Retry-After', () => {
	const now = Date.parse('2026-11-29T05:00:00Z')

	test.each([
		['0', 0],
		['90', 90 * secondMs],
		[' 90 ', 90 * secondMs],
		[['90', '5'], 90 * secondMs],
		['86401', dayMs],
		['9'.repeat(400), dayMs],
		['Sun, 29 Nov 2026 05:01:00 GMT', 60 * secondMs],
		['Sunday, 29-Nov-26 05:01:00 GMT', 60 * secondMs],
		['Sun Nov 29 05:01:00 2026', 60 * secondMs],
		['Sun, 06 Dec 2026 05:00:00 GMT', dayMs],
		['Sun, 29 Nov 2026 04:00:00 GMT', 0],
	])('%j is understood', (header, delayMs) => {
		expect(retryAfterMs(header, now)).toBe(delayMs)
	})

	test.each([
		undefined,
		'',
		'soon',
		'-5',
		'1.5',
		'1e9',
		'2026-11-29T06:00:00Z',
		'Sun, 99 Nov 2026 05:01:00 GMT',
		'12/1/2026',
	])('%j asks for nothing', (header) => {
		expect(retryAfterMs(header, now)).toBe(0)
	})
})
