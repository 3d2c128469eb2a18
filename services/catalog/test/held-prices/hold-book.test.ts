import { describe, expect, test } from 'vitest'
import { type Hold, type HoldTerms, noHoldFacts, noHoldWrites, openHoldBook } from '../../src/held-prices/hold-book.ts'
import type { Price } from '../../src/held-prices/judge-price.ts'

const euros = (amountMinor: number): Price => ({ currency: 'EUR', amountMinor })
const cup = euros(1_000)
const nothing = noHoldWrites

function hold(newPrice: Price, change: Partial<Hold> = {}): Hold {
	const usual = { id: 'h1', sku: 'CUP', source: 'acme', rule: 'PRICE_FELL', figures: {}, until: null, oldPrice: cup }
	return { ...usual, newPrice, opinions: {}, ...change }
}

/** The book of the source "acme" for products with an open hold or a rejected price. */
function bookOf({ open, rejected }: { open?: Hold; rejected?: Price } = {}) {
	const facts = {
		...noHoldFacts,
		holds: open === undefined ? [] : [open],
		rejections: rejected === undefined ? [] : [{ id: 'r1', sku: 'CUP', source: 'acme', price: rejected }],
	}
	return openHoldBook(facts, { source: 'acme', maxPriceChangePercent: 50 })
}

test('a price within the limit is applied, and nothing is written about holds', () => {
	const book = bookOf()
	expect(book.judge('CUP', cup, euros(600))).toEqual({ kind: 'apply' })
	expect(book.writes()).toEqual(nothing)
})

test('a price beyond the limit is held with its rule and the price of now', () => {
	const book = bookOf()
	const expected = { sku: 'CUP', source: 'acme', rule: 'PRICE_FELL', oldPrice: cup, newPrice: euros(100) }
	expect(book.judge('CUP', cup, euros(100))).toMatchObject({ kind: 'hold', hold: expected })
	expect(book.writes()).toMatchObject({ ...nothing, held: [expected] })
})

describe('While a price is held,', () => {
	test('the same price again is held by the same hold, and nothing is written', () => {
		const book = bookOf({ open: hold(euros(100)) })
		expect(book.judge('CUP', cup, euros(100))).toMatchObject({ kind: 'hold', hold: { id: 'h1' } })
		expect(book.writes()).toEqual(nothing)
	})

	test('another price beyond the limit takes its place in the same hold', () => {
		const book = bookOf({ open: hold(euros(100)) })
		expect(book.judge('CUP', cup, euros(9_000))).toMatchObject({ hold: { id: 'h1', rule: 'PRICE_ROSE' } })
		expect(book.writes()).toMatchObject({ ...nothing, held: [{ id: 'h1', newPrice: euros(9_000) }] })
	})

	test.each([1_000, 900])('the price %i, which is within the limit, is applied and ends the hold', (amount) => {
		const book = bookOf({ open: hold(euros(100)) })
		expect(book.judge('CUP', cup, euros(amount))).toEqual({ kind: 'apply' })
		expect(book.writes()).toMatchObject({ ...nothing, withdrawn: [{ id: 'h1' }] })
	})

	test('the hold of a former owner ends, and the new owner gets a hold of its own', () => {
		const book = bookOf({ open: hold(euros(100), { source: 'former' }) })
		expect(book.judge('CUP', cup, euros(100))).toMatchObject({ kind: 'hold', hold: { source: 'acme' } })
		const { held, withdrawn } = book.writes()
		expect(withdrawn).toMatchObject([{ id: 'h1' }])
		expect(held).toMatchObject([{ source: 'acme', newPrice: euros(100) }])
		expect(held[0]?.id).not.toBe('h1')
	})

	test('a source that does not own the price gives an opinion, and gives the same one once', () => {
		const open = hold(euros(100), { source: 'owner' })
		const book = bookOf({ open })
		book.hear('CUP', euros(950))
		const opinions = [{ id: 'h1', sku: 'CUP', source: 'acme', price: euros(950) }]
		expect(book.writes()).toEqual({ ...nothing, opinions })

		const again = bookOf({ open: { ...open, opinions: { acme: euros(950) } } })
		again.hear('CUP', euros(950))
		expect(again.writes()).toEqual(nothing)
	})
})

test('a price of a source that does not own the price is no opinion when nothing is held', () => {
	const book = bookOf()
	book.hear('CUP', euros(950))
	expect(book.writes()).toEqual(nothing)
})

describe('After a price was rejected,', () => {
	test('the same price is neither held nor applied', () => {
		const book = bookOf({ rejected: euros(100) })
		expect(book.judge('CUP', cup, euros(100))).toEqual({ kind: 'keep' })
		expect(book.writes()).toEqual(nothing)
	})

	test('it is not applied either when the price of the product has come near to it', () => {
		expect(bookOf({ rejected: euros(100) }).judge('CUP', euros(110), euros(100))).toEqual({ kind: 'keep' })
	})

	test('another price is judged anew, and ends the rejection', () => {
		const book = bookOf({ rejected: euros(100) })
		expect(book.judge('CUP', cup, euros(200))).toMatchObject({ kind: 'hold' })
		expect(book.writes()).toMatchObject({ ...nothing, held: [{ newPrice: euros(200) }], lapsed: [{ id: 'r1' }] })
	})

	test('the same price is held again once the source has sent another one', () => {
		const book = bookOf({ rejected: euros(100) })
		book.judge('CUP', cup, euros(1_000))
		expect(book.judge('CUP', cup, euros(100))).toMatchObject({ kind: 'hold' })
	})
})

describe('A price that the caller marks', () => {
	const terms = { rule: 'STALE', figures: { ageS: 9 }, until: new Date('2100-01-01') }

	test('is held on the terms of the caller, also when none of our own rules holds it', () => {
		const book = bookOf()
		expect(book.judge('CUP', cup, euros(900), terms)).toMatchObject({ kind: 'hold', hold: terms })
		expect(book.judge('CUP', cup, cup, terms)).toEqual({ kind: 'apply' })
	})

	test('is held by the same hold again, and only other figures or another end are written', () => {
		const open = hold(euros(900), { ...terms, oldPrice: euros(1_001) })
		const same = bookOf({ open })
		same.judge('CUP', cup, euros(900), { ...terms, until: new Date('2100-01-01') })
		expect(same.writes()).toEqual(nothing)
		const changes: Partial<HoldTerms>[] = [
			{ figures: {} },
			{ figures: { ageS: 10 } },
			{ figures: { other: 9 } },
			{ until: null },
		]
		for (const change of changes) {
			const book = bookOf({ open })
			book.judge('CUP', cup, euros(900), { ...terms, ...change })
			expect(book.writes()).toEqual({ ...nothing, renewed: [{ ...open, ...change }] })
		}
	})

	test('with another rule takes the place of the held one', () => {
		const book = bookOf({ open: hold(euros(900), terms) })
		book.judge('CUP', euros(950), euros(900), { ...terms, rule: 'DOUBT' })
		expect(book.writes()).toMatchObject({ ...nothing, held: [{ id: 'h1', rule: 'DOUBT', oldPrice: euros(950) }] })
	})
})

test('a hold that is past its end counts no longer, and is ended', () => {
	const old = hold(euros(100), { until: new Date('2020-01-01') })
	const book = openHoldBook({ ...noHoldFacts, expired: [old] }, { source: 'acme', maxPriceChangePercent: 50 })
	book.hear('CUP', euros(950))
	expect(book.judge('CUP', cup, euros(100))).toMatchObject({ kind: 'hold' })
	const { held, ...others } = book.writes()
	expect(others).toEqual({ ...noHoldWrites, held: undefined, expired: [old] })
	expect(held[0]?.id).not.toBe('h1')
})

test('the limits of a product hold a price of its source', () => {
	const limits = [{ sku: 'CUP', currency: 'EUR', floorMinor: 900, ceilingMinor: null }]
	const book = openHoldBook({ ...noHoldFacts, limits }, { source: 'acme', maxPriceChangePercent: 50 })
	expect(book.judge('CUP', cup, euros(900))).toEqual({ kind: 'apply' })
	expect(book.judge('CUP', cup, euros(899))).toMatchObject({ hold: { rule: 'BELOW_FLOOR' } })
	expect(book.judge('POT', cup, euros(899))).toEqual({ kind: 'apply' })
})

describe('Of several rows with one sku,', () => {
	test('the last price is the one that is held, in one hold', () => {
		const book = bookOf()
		book.judge('CUP', cup, euros(100))
		book.judge('CUP', cup, euros(200))
		expect(book.writes()).toMatchObject({ ...nothing, held: [{ newPrice: euros(200) }] })
	})

	test('a hold that a later row ends is never written', () => {
		const book = bookOf()
		book.judge('CUP', cup, euros(100))
		book.judge('CUP', cup, euros(1_000))
		expect(book.writes()).toEqual(nothing)
	})
})
