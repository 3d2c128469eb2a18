import { expect, test } from 'vitest'
import { amountTicks, timeTicks } from '../src/page/screens/products/prices/chart-ticks.js'

const localMs = (...parts: [number, number, number, number?, number?]) => new Date(...parts).getTime()
const textsOf = (fromMs: number, toMs: number, most: number) => timeTicks(fromMs, toMs, most).map(({ text }) => text)

test('a day has hours, from midnight on', () => {
	expect(textsOf(localMs(2026, 10, 29, 14, 20), localMs(2026, 10, 30, 14, 20), 8)).toEqual([
		'15:00',
		'18:00',
		'21:00',
		'00:00',
		'03:00',
		'06:00',
		'09:00',
		'12:00',
	])
})

test('a month has days, and years have months', () => {
	expect(textsOf(localMs(2026, 9, 31, 14), localMs(2026, 10, 30, 14), 5)).toEqual([
		'1 Nov',
		'8 Nov',
		'15 Nov',
		'22 Nov',
		'29 Nov',
	])
	expect(textsOf(localMs(2023, 0, 9), localMs(2026, 0, 9), 4)[0]).toBe('Jan 2023')
})

test.each([1_000, 90_000, 7_200_000, 86_400_000, 30 * 86_400_000, 4_000 * 86_400_000, 40_000 * 86_400_000])(
	'no more times are drawn than fit into %d ms',
	(spanMs) => {
		for (const most of [1, 3, 10]) {
			const from = localMs(2026, 2, 28, 23, 59)
			const ticks = timeTicks(from, from + spanMs, most)
			expect(ticks.length).toBeLessThanOrEqual(most + 1)
			for (const { atMs } of ticks) expect(atMs >= from && atMs <= from + spanMs).toBe(true)
		}
	},
)

test('amounts are round, and within bounds that hold all prices', () => {
	expect(amountTicks(500, 700, 5)).toMatchObject({ low: 480, high: 720, amounts: [500, 550, 600, 650, 700] })
	expect(amountTicks(0, 0, 5)).toMatchObject({ low: 0, high: 1, amounts: [0, 1] })
	const { low, high, amounts } = amountTicks(1_299, 1_299, 5)
	expect(low < 1_299 && high > 1_299 && amounts.length >= 2).toBe(true)
})
