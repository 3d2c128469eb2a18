import { expect, test } from 'vitest'
import { createTickLedger } from '../src/live/tick-ledger.ts'

function open() {
	const times: number[] = []
	return { times, ...createTickLedger((ms) => times.push(ms)) }
}

test('a tick counts until the watcher hears its price or a newer one', () => {
	const ledger = open()
	ledger.published('GOLD', 10, 100)
	ledger.published('GOLD', 11, 200)
	ledger.published('OIL', 70, 200)
	ledger.published('GOLD', 12, 300)
	ledger.heard('GOLD', 11, 450)
	expect(ledger.times).toEqual([350, 250])
	expect(ledger.missing()).toBe(2)
	ledger.heard('GOLD', 12, 500)
	ledger.heard('OIL', 70, 500)
	expect(ledger.times).toEqual([350, 250, 200, 300])
	expect([ledger.missing(), ledger.unexpected()]).toEqual([0, 0])
})

test('a price that stays, or has come back before it was told, is not missing', () => {
	const ledger = open()
	ledger.published('GOLD', 10, 100)
	ledger.heard('GOLD', 10, 110)
	ledger.published('GOLD', 10, 200)
	ledger.published('GOLD', 11, 210)
	expect(ledger.missing()).toBe(1)
	ledger.published('GOLD', 10, 220)
	expect(ledger.missing()).toBe(0)
})

test('a price that comes after a newer one, or that nobody has published, is unexpected', () => {
	const ledger = open()
	ledger.published('GOLD', 10, 100)
	ledger.published('GOLD', 11, 100)
	ledger.heard('GOLD', 11, 200)
	ledger.heard('GOLD', 11, 210)
	expect(ledger.unexpected()).toBe(0)
	ledger.heard('GOLD', 10, 220)
	ledger.heard('OIL', 70, 220)
	expect(ledger.unexpected()).toBe(2)
})
