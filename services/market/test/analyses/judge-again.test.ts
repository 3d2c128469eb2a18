import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeAgain } from '../../src/analyses/judging/judge-again.ts'
import type { CheckSettings } from '../../src/checking/check-settings.ts'
import { createPriceChecks } from '../../src/checking/price-checks.ts'
import { accepted, refused, type Verdict } from '../../src/checking/verdict.ts'
import type { JudgedTick } from '../../src/folding/blocks/judged-tick.ts'
import { noon } from '../noon.ts'
import { settingsWith } from './judged-ticks.ts'

type Move = {
	sku: string
	percent: number
	lateMs: number
	currency: 'EUR' | 'USD'
	/** Whether a person approves the price, if it is held by a hard guard. The source goes on with it. */
	isApproved: boolean
}

const anyMove: fc.Arbitrary<Move> = fc.record({
	sku: fc.constantFrom('GOLD', 'LEAD'),
	percent: fc.oneof(
		{ weight: 20, arbitrary: fc.constantFrom(0, 0, 0, 1, -1) },
		{ weight: 5, arbitrary: fc.constantFrom(4, -4, 12) },
		{ weight: 1, arbitrary: fc.constantFrom(45, -40, 900) },
	),
	lateMs: fc.oneof(
		{ weight: 9, arbitrary: fc.constant(0) },
		{ weight: 1, arbitrary: fc.constantFrom(2_500, 7_200_000) },
	),
	currency: fc.oneof(
		{ weight: 30, arbitrary: fc.constant('EUR' as const) },
		{ weight: 1, arbitrary: fc.constant('USD' as const) },
	),
	isApproved: fc.boolean(),
})

const anySettings: fc.Arbitrary<CheckSettings> = fc
	.record({
		window: fc.constantFrom(5, 9, 20),
		threshold: fc.constantFrom(2, 3, 6),
		leastMovePercent: fc.constantFrom(0.5, 2, 5),
		agreeing: fc.constantFrom(2, 3),
		maxTickChangePercent: fc.constantFrom(10, 50),
		maxDayChangePercent: fc.constantFrom(20, 80),
		floorMinor: fc.constantFrom(undefined, 9_000),
		ceilingMinor: fc.constantFrom(undefined, 12_000),
	})
	.map(settingsWith)

/** Judges moves as they come, beside a catalog that applies what is accepted, and what is approved. */
function judgeMoves(settings: CheckSettings, moves: readonly Move[]): JudgedTick[] {
	const amounts: Record<string, number> = { GOLD: 10_000, LEAD: 10_000 }
	const catalog = new Map(Object.keys(amounts).map((sku) => [sku, { currency: 'EUR', amountMinor: 10_000 }]))
	const checks = createPriceChecks({
		settings,
		productOf: (sku) => ({ currency: 'EUR', amountMinor: 0, archived: false, ...catalog.get(sku) }),
		isOthers: () => false,
	})
	const ticks: JudgedTick[] = []
	let nowMs = noon

	function send(sku: string, currency: string, amountMinor: number, atMs: number): Verdict {
		const tick = { sku, currency, amountMinor, available: undefined, atMs }
		const verdict = checks.judge(tick, nowMs)
		ticks.push({ ...tick, seq: ticks.length + 1, verdict })
		if (verdict.kind === 'accept') catalog.set(sku, { currency, amountMinor })
		return verdict
	}

	for (const { sku, percent, lateMs, currency, isApproved } of moves) {
		nowMs += 2_000
		const amountMinor = Math.round((amounts[sku]! * (100 + percent)) / 100)
		if (Math.abs(percent) < 100) amounts[sku] = amountMinor
		const verdict = send(sku, currency, amountMinor, nowMs - lateMs)
		if (isApproved && verdict.kind === 'hold' && verdict.rule !== 'OUTLIER') {
			catalog.set(sku, { currency, amountMinor })
			amounts[sku] = amountMinor
			nowMs += 2_000
			send(sku, currency, amountMinor, nowMs)
		}
	}
	return ticks
}

/** Judges ticks of one time again, each as a block of its own. */
function judgeEach(settings: CheckSettings, ticks: readonly JudgedTick[]) {
	const judging = judgeAgain(settings)
	let nowMs = noon
	for (const tick of ticks) {
		nowMs += 2_000
		judging.judge([tick], nowMs, true)
	}
	return judging.result()
}

describe('ticks that are judged again', () => {
	test('get the same verdicts with the same settings, also where prices were approved', () => {
		const rules = new Set<string>()
		fc.assert(
			fc.property(anySettings, fc.array(anyMove, { minLength: 20, maxLength: 200 }), (settings, moves) => {
				const ticks = judgeMoves(settings, moves)
				const { different, differences, verdicts, verdictsBefore } = judgeEach(settings, ticks)
				expect(differences).toEqual([])
				expect(different).toBe(0)
				expect(verdicts).toEqual(verdictsBefore)
				for (const rule of [...Object.keys(verdicts.held), ...Object.keys(verdicts.refused)]) rules.add(rule)
			}),
			{ numRuns: 100 },
		)
		const all = ['BELOW_FLOOR', 'ABOVE_CEILING', 'TICK_CHANGE', 'DAY_CHANGE', 'OUTLIER', 'CURRENCY_CHANGED', 'LATE']
		expect([...rules]).toEqual(expect.arrayContaining([...all, 'TOO_OLD']))
	})

	test('get the verdicts that other settings would have given them', () => {
		fc.assert(
			fc.property(anySettings, anySettings, fc.array(anyMove, { maxLength: 200 }), (one, other, moves) => {
				const plain = moves.map((move): Move => ({ ...move, currency: 'EUR', isApproved: false }))
				// The first prices are those of the catalog, so that both begin with the same.
				const first = ['GOLD', 'LEAD'].map((sku): Move => ({ ...plain[0]!, sku, percent: 0, lateMs: 0 }))
				fc.pre(moves.length > 0)
				const ticks = judgeMoves(one, [...first, ...plain])
				const expected = judgeMoves(other, [...first, ...plain])
				const { verdicts, verdictsBefore, different } = judgeEach(other, ticks)
				expect(verdicts).toEqual(judgeEach(other, expected).verdictsBefore)
				const changed = ticks.filter(({ verdict }, index) => !isSame(verdict, expected[index]!.verdict))
				expect(different).toBe(changed.length)
				expect(verdictsBefore).toEqual(judgeEach(one, ticks).verdicts)
			}),
			{ numRuns: 100 },
		)
	})

	test('are not judged again where the catalog or their form has decided', () => {
		const rules = ['BAD_TICK', 'UNKNOWN_SKU', 'OTHER_SOURCE'] as const
		const ticks = rules.map((rule, index) => ({ ...tickOf(10_000, index), verdict: refused(rule) }))
		expect(judgeEach(settingsWith(), ticks)).toMatchObject({
			ticks: 3,
			verdicts: { accepted: 0, held: {}, refused: { BAD_TICK: 1, UNKNOWN_SKU: 1, OTHER_SOURCE: 1 } },
			different: 0,
		})
	})

	test('of a snapshot repeat what is known, as they did before', () => {
		const tick = { ...tickOf(10_000, 0), verdict: accepted }
		const { verdicts, different } = judgeEach(settingsWith(), [tick, { ...tick, verdict: refused('KNOWN') }])
		expect(verdicts).toEqual({ accepted: 1, late: 0, held: {}, refused: { KNOWN: 1 } })
		expect(different).toBe(0)
	})

	test.each([
		{ limits: { floorMinor: 9_000, ceilingMinor: undefined }, amountMinor: 6_000, rule: 'BELOW_FLOOR' },
		{ limits: { floorMinor: undefined, ceilingMinor: 12_000 }, amountMinor: 13_000, rule: 'ABOVE_CEILING' },
	])('are held again when the first price of a product is $rule', ({ limits, amountMinor, rule }) => {
		const settings = settingsWith(limits)
		const ticks = judgeMoves(settings, [
			{ sku: 'GOLD', percent: amountMinor / 100 - 100, lateMs: 0, currency: 'EUR', isApproved: false },
		])
		const { verdicts, different } = judgeEach(settings, ticks)
		expect(verdicts.held).toEqual({ [rule]: 1 })
		expect(different).toBe(0)
	})

	test('are accepted again when the first price was approved in another currency, also beyond a limit', () => {
		const settings = settingsWith({ floorMinor: 9_000 })
		const ticks = judgeMoves(settings, [{ sku: 'GOLD', percent: -40, lateMs: 0, currency: 'USD', isApproved: true }])
		const { verdicts, different } = judgeEach(settings, ticks)
		expect(verdicts).toMatchObject({ accepted: 1, held: { CURRENCY_CHANGED: 1 } })
		expect(different).toBe(0)
	})

	test('are compared with the first price of the day from before', () => {
		const judging = judgeAgain(settingsWith({ maxTickChangePercent: 1_000 }))
		judging.restoreFirst([{ sku: 'GOLD', amountMinor: 5_000, atMs: noon - 3_600_000 }])
		const ticks = [8_000, 9_001].map((amountMinor, index) => ({ ...tickOf(amountMinor, index), verdict: accepted }))
		judging.judge(ticks, noon, true)
		expect(judging.result().differences).toEqual([
			{
				seq: 1,
				sku: 'GOLD',
				currency: 'EUR',
				amountMinor: 9_001,
				atMs: noon + 1,
				before: { verdict: 'accepted' },
				now: {
					verdict: 'held',
					rule: 'DAY_CHANGE',
					figures: { fromMinor: 5_000, changePercent: expect.closeTo(80.02), maxDayChangePercent: 80 },
				},
			},
		])
	})

	test('belong to the result only if they are counted, and the first 100 differences are told', () => {
		const judging = judgeAgain(settingsWith({ ceilingMinor: 100 }))
		judging.judge([{ ...tickOf(10_000, 0), verdict: accepted }], noon, false)
		const ticks = Array.from({ length: 150 }, (_, index) => ({ ...tickOf(10_000, index + 1), verdict: accepted }))
		judging.judge(ticks, noon + 1_000, true)
		const { differences, ...result } = judging.result()
		expect(result).toMatchObject({ ticks: 150, verdicts: { held: { ABOVE_CEILING: 150 } }, different: 150 })
		expect(differences.map(({ seq }) => seq)).toEqual(ticks.slice(0, 100).map(({ seq }) => seq))
	})
})

function tickOf(amountMinor: number, index: number): Omit<JudgedTick, 'verdict'> {
	return { sku: 'GOLD', currency: 'EUR', amountMinor, available: undefined, atMs: noon + index, seq: index }
}

function isSame(one: Verdict, other: Verdict): boolean {
	return one.kind === other.kind && ('rule' in one && one.rule) === ('rule' in other && other.rule)
}
