import { expect, test } from 'vitest'
import { bandPath, linePath } from '../src/page/screens/products/prices/chart-paths.js'
import { curveOfBars, curveOfPeriods, extentOf, pointAt } from '../src/page/screens/products/prices/price-curve.js'

const at = (second: number) => new Date(second * 1_000).toISOString()
const money = (amountMinor: number, currency = 'EUR') => ({ amountMinor, currency })
const shown = { fromMs: 10_000, toMs: 100_000 }
// A pixel a second, and one for each minor unit, downwards.
const scales = { x: (atMs: number) => atMs / 1_000, y: (amountMinor: number) => 1_000 - amountMinor }

test('each price goes on until the next one, and the last one until now', () => {
	const periods = [
		{ price: money(500), beginsAt: at(0), endsAt: at(30) },
		{ price: money(700), beginsAt: at(30), endsAt: at(60) },
		{ price: money(600), beginsAt: at(60), endsAt: null },
	]
	const curve = curveOfPeriods(periods, 'EUR', shown)
	expect(linePath(curve, scales)).toBe('M10,500H30V300H60V400H100')
	expect(bandPath(curve, scales)).toBe('')
	expect(extentOf(curve)).toEqual({ lowMinor: 500, highMinor: 700 })
})

test('a price in another currency is a gap', () => {
	const periods = [
		{ price: money(500), beginsAt: at(20), endsAt: at(30) },
		{ price: money(9_000, 'JPY'), beginsAt: at(30), endsAt: at(60) },
		{ price: money(600), beginsAt: at(60), endsAt: null },
	]
	const curve = curveOfPeriods(periods, 'EUR', shown)
	expect(linePath(curve, scales)).toBe('M20,500H30M60,400H100')
	expect(extentOf(curve)).toEqual({ lowMinor: 500, highMinor: 600 })
	expect(extentOf(curveOfPeriods(periods, 'USD', shown))).toBeUndefined()
})

test('a step has its last price, and a band between its lowest and its highest', () => {
	const bars = [
		{ beginsAt: at(0), open: money(500), low: money(500), high: money(500), close: money(500), changes: 0 },
		{ beginsAt: at(40), open: money(500), low: money(450), high: money(800), close: money(600), changes: 7 },
		{ beginsAt: at(90), open: money(600), low: money(600), high: money(650), close: money(650), changes: 1 },
	]
	const curve = curveOfBars(bars, 'EUR', shown, 20_000)
	expect(linePath(curve, scales)).toBe('M10,500H40V400H90V350H100')
	expect(bandPath(curve, scales)).toBe('M40,200H60V550H40ZM90,350H100V400H90Z')
	expect(extentOf(curve)).toEqual({ lowMinor: 450, highMinor: 800 })
})

test('the price at a time is the latest that began before it', () => {
	const curve = curveOfPeriods(
		[
			{ price: money(500), beginsAt: at(20), endsAt: at(30) },
			{ price: money(700), beginsAt: at(30), endsAt: null },
		],
		'EUR',
		shown,
	)
	expect(pointAt(curve, 19_999)).toBeUndefined()
	expect(pointAt(curve, 29_999)?.amountMinor).toBe(500)
	expect(pointAt(curve, 30_000)?.amountMinor).toBe(700)
})
