import { describe, expect, test } from 'vitest'
import { goesOnFrom, isVisible, snapshotBefore } from '../../src/statements/snapshot.ts'

describe('a snapshot', () => {
	test('shows the transactions that were over, and neither those that were running nor later ones', () => {
		const xids = ['9', '10', '11', '12', '13', '14', '15']
		expect(xids.filter((xid) => isVisible('11:14:11,13', xid))).toEqual(['9', '10', '12'])
	})

	test('of which no transaction was running shows all before its end', () => {
		expect(['9', '10', '11'].filter((xid) => isVisible('11:11:', xid))).toEqual(['9', '10'])
	})

	test('compares transactions by their numbers, also beyond 2^53', () => {
		expect(isVisible('9007199254740993:9007199254740993:', '9007199254740992')).toBe(true)
		expect(isVisible('9007199254740992:9007199254740992:', '9007199254740993')).toBe(false)
	})

	test('before a transaction shows the ones before it, and not the transaction', () => {
		expect(['9', '10', '11'].filter((xid) => isVisible(snapshotBefore('10'), xid))).toEqual(['9'])
	})
})

describe('a moment', () => {
	const before = { snapshot: '11:14:11,13', atMs: 1_000_000 }
	const goesOn = (change: Partial<typeof before>) =>
		goesOnFrom({ ...before, ...change }, before, { longestGapMs: 300_000 })

	test.each([
		['at which nothing has changed', {}],
		['at which more transactions have begun', { snapshot: '9999:10000:' }],
		['at which the same transactions have begun, and more are over', { snapshot: '14:14:' }],
		['after the longest gap', { atMs: 1_300_000 }],
		['at which the clock was put back by a minute', { atMs: 940_000 }],
	])('%s goes on from the one before', (_, change) => {
		expect(goesOn(change)).toBe(true)
	})

	test.each([
		['of a database that was restored, in which fewer transactions have begun,', { snapshot: '11:13:11' }],
		['after more than the longest gap', { atMs: 1_300_001 }],
		['at which the clock is behind by more than a minute', { atMs: 939_999 }],
	])('%s does not go on from the one before', (_, change) => {
		expect(goesOn(change)).toBe(false)
	})
})
