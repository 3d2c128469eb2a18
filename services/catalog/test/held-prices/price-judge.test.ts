import { describe, expect, test } from 'vitest'
import type { Price } from '../../src/held-prices/judge-price.ts'
import { createPriceJudge, type Hold, type KnownHold } from '../../src/held-prices/price-judge.ts'

const euros = (amountMinor: number): Price => ({ currency: 'EUR', amountMinor })
const cup = { sku: 'CUP', ...euros(1_000) }
const judgeOf = (holds: KnownHold[] = [], source = 'acme') =>
	createPriceJudge({ source, maxPriceChangePercent: 50, holds })
const known = (state: KnownHold['state'], newPrice: Price, change: Partial<Hold> = {}): KnownHold => ({
	id: 'h1',
	sku: 'CUP',
	source: 'acme',
	rule: 'PRICE_FELL',
	figures: {},
	oldPrice: euros(1_000),
	newPrice,
	opinions: {},
	...change,
	state,
})

test('a price within the limit is applied, and nothing is written about holds', () => {
	const judge = judgeOf()
	expect(judge.judge(cup, euros(600))).toEqual({ ruling: 'apply' })
	expect(judge.changes).toEqual([])
})

test('a price beyond the limit is held with its rule and the price of now', () => {
	const judge = judgeOf()
	const ruling = judge.judge(cup, euros(100))
	const hold = { sku: 'CUP', source: 'acme', rule: 'PRICE_FELL', oldPrice: euros(1_000), newPrice: euros(100) }
	expect(ruling).toMatchObject({ ruling: 'hold', hold })
	expect(judge.changes).toMatchObject([{ kind: 'hold', sku: 'CUP', hold }])
})

test('the shop itself may set any price', () => {
	const judge = judgeOf([known('open', euros(100))], '')
	expect(judge.judge(cup, euros(1))).toEqual({ ruling: 'apply' })
	expect(judge.changes).toEqual([])
})

describe('While a price is held,', () => {
	test('the same price again is held by the same hold, and nothing is written', () => {
		const judge = judgeOf([known('open', euros(100))])
		expect(judge.judge(cup, euros(100))).toMatchObject({ ruling: 'hold', hold: { id: 'h1' } })
		expect(judge.changes).toEqual([])
	})

	test('another price beyond the limit takes its place in the same hold', () => {
		const judge = judgeOf([known('open', euros(100))])
		expect(judge.judge(cup, euros(9_000))).toMatchObject({ ruling: 'hold', hold: { id: 'h1', rule: 'PRICE_ROSE' } })
		expect(judge.changes).toMatchObject([{ kind: 'hold', hold: { id: 'h1', newPrice: euros(9_000) } }])
	})

	test.each([1_000, 900])('the price %i, which is within the limit, is applied and ends the hold', (amount) => {
		const judge = judgeOf([known('open', euros(100))])
		expect(judge.judge(cup, euros(amount))).toEqual({ ruling: 'apply' })
		expect(judge.changes).toMatchObject([{ kind: 'withdraw', hold: { id: 'h1' } }])
	})

	test('the hold of a former owner ends before the new owner has one', () => {
		const judge = judgeOf([known('open', euros(100), { source: 'former' })])
		const ruling = judge.judge(cup, euros(100))
		expect(ruling).toMatchObject({ ruling: 'hold', hold: { source: 'acme' } })
		expect(judge.changes).toMatchObject([
			{ kind: 'withdraw', hold: { id: 'h1' } },
			{ kind: 'hold', hold: { source: 'acme', newPrice: euros(100) } },
		])
		expect(judge.changes[1]).not.toMatchObject({ hold: { id: 'h1' } })
	})

	test('a source that does not own the price gives an opinion, and gives the same one once', () => {
		const judge = judgeOf([known('open', euros(100), { source: 'owner' })])
		judge.hear(cup, euros(950))
		expect(judge.changes).toEqual([{ kind: 'opinion', sku: 'CUP', id: 'h1', source: 'acme', price: euros(950) }])

		const again = judgeOf([known('open', euros(100), { source: 'owner', opinions: { acme: euros(950) } })])
		again.hear(cup, euros(950))
		expect(again.changes).toEqual([])
	})
})

test('a price of a source that does not own the price is no opinion when nothing is held', () => {
	const judge = judgeOf()
	judge.hear(cup, euros(950))
	expect(judge.changes).toEqual([])
})

describe('After a price was rejected,', () => {
	test('the same price is neither held nor applied', () => {
		const judge = judgeOf([known('rejected', euros(100))])
		expect(judge.judge(cup, euros(100))).toEqual({ ruling: 'keep' })
		expect(judge.changes).toEqual([])
	})

	test('it is not applied either when the price of the product has come near to it', () => {
		const judge = judgeOf([known('rejected', euros(100))])
		expect(judge.judge({ sku: 'CUP', ...euros(110) }, euros(100))).toEqual({ ruling: 'keep' })
	})

	test('another price is judged anew, and ends the rejection', () => {
		const judge = judgeOf([known('rejected', euros(100))])
		expect(judge.judge(cup, euros(200))).toMatchObject({ ruling: 'hold', hold: { newPrice: euros(200) } })
		expect(judge.changes).toMatchObject([{ kind: 'lapse', id: 'h1' }, { kind: 'hold' }])
	})

	test('the same price is held again once the source has sent another one', () => {
		const judge = judgeOf([known('rejected', euros(100))])
		judge.judge(cup, euros(1_000))
		expect(judge.judge(cup, euros(100))).toMatchObject({ ruling: 'hold' })
	})
})

describe('Of several rows with one sku,', () => {
	test('the last price is the one that is held, in one hold', () => {
		const judge = judgeOf()
		judge.judge(cup, euros(100))
		judge.judge(cup, euros(200))
		expect(judge.changes).toMatchObject([{ kind: 'hold', hold: { newPrice: euros(200) } }])
	})

	test('a hold that a later row ends is never written', () => {
		const judge = judgeOf()
		judge.judge(cup, euros(100))
		judge.judge(cup, euros(1_000))
		expect(judge.changes).toEqual([])
	})
})
