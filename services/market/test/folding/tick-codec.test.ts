import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdRules, refusalRules, verdictOf } from '../../src/checking/verdict.ts'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { judgeMessage } from '../../src/folding/blocks/judged-tick.ts'
import { decodeTicks, encodeTicks } from '../../src/folding/blocks/tick-codec.ts'

const lastMs = Date.UTC(9999, 11, 31)

const anyVerdict = fc.oneof(
	fc
		.constantFrom('accept', 'anew', 'late')
		.map((kind) => (kind === 'late' ? ({ kind } as const) : ({ kind: 'accept', anew: kind === 'anew' } as const))),
	fc.constantFrom(...refusalRules).map((rule) => ({ kind: 'refuse', rule }) as const),
	fc.record({
		kind: fc.constant('hold' as const),
		rule: fc.constantFrom(...holdRules),
		figures: fc.dictionary(
			fc.string(),
			fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
		),
	}),
)
const anyTick: fc.Arbitrary<JudgedTick> = fc.record({
	sku: fc.oneof(
		fc.constantFrom('GOLD', 'LEAD'),
		fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n')),
	),
	currency: fc.constantFrom('EUR', 'USD', 'JPY'),
	amountMinor: fc.oneof(
		fc.maxSafeNat().map((amount) => Math.max(amount - 1, 0)),
		fc.nat(),
	),
	available: fc.option(fc.nat(), { nil: undefined }),
	atMs: fc.oneof(fc.integer({ min: 1_790_000_000_000, max: 1_790_000_100_000 }), fc.integer({ min: 0, max: lastMs })),
	seq: fc.oneof(fc.nat(), fc.integer({ min: 0, max: 2 ** 51 })),
	verdict: anyVerdict,
})

describe('stored ticks', () => {
	test('are the ticks that were packed', () => {
		fc.assert(
			fc.property(fc.array(anyTick, { maxLength: 50 }), (ticks) => {
				expect(decodeTicks(encodeTicks(ticks))).toEqual(ticks)
			}),
		)
	})

	test('tell that a tick was bad, and its product when the tick named one', () => {
		const message = {
			seq: 7,
			isSnapshot: false,
			cameAt: 0,
			ticks: [{ sku: 'GOLD', currency: 'EUR', amountMinor: 1, available: 2, atMs: lastMs }],
			bad: [
				{ sku: 'GOLD', reason: 'price' as const },
				{ sku: undefined, reason: 'form' as const },
				{ sku: 'two\nlines', reason: 'sku' as const },
			],
		}
		const ticks = judgeMessage(message, () => verdictOf(0))
		const bad = (sku: string) => ({
			sku,
			currency: '',
			amountMinor: Number.NaN,
			available: undefined,
			atMs: Number.NaN,
			seq: 7,
			verdict: { kind: 'refuse', rule: 'BAD_TICK' },
		})
		expect(decodeTicks(encodeTicks(ticks)).slice(1)).toEqual([bad('GOLD'), bad(''), bad('')])
	})

	test('take about 20 bytes each', () => {
		const ticks = Array.from({ length: 2_000 }, (_, index): JudgedTick => {
			const sku = `SKU-${String((index * 7_919) % 1_200).padStart(6, '0')}`
			return {
				sku,
				currency: 'EUR',
				amountMinor: 123_456,
				available: 12,
				atMs: lastMs + index,
				seq: index,
				verdict: verdictOf(0),
			}
		})
		expect(encodeTicks(ticks).length / ticks.length).toBeLessThan(20)
	})

	test('of an unknown form, or that were cut off, are not read', () => {
		expect(() => decodeTicks(new Uint8Array([2, 0]))).toThrow('unknown form 2')
		const bytes = encodeTicks([
			{ sku: 'GOLD', currency: 'EUR', amountMinor: 1, available: 1, atMs: 1, seq: 1, verdict: verdictOf(0) },
		])
		for (let length = 0; length < bytes.length; length++)
			expect(() => decodeTicks(bytes.subarray(0, length))).toThrow(RangeError)
	})
})
