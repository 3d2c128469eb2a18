import { expect, test } from 'vitest'
import { turnOrder } from '../src/measures/turn-order.ts'

test('two contestants swap places in every round', () => {
	expect([1, 2, 3].map((round) => turnOrder(['a', 'b'], round).join(''))).toEqual(['ba', 'ab', 'ba'])
})

test('in as many rounds as there are contestants, each contestant has every place once', () => {
	const rounds = [1, 2, 3].map((round) => turnOrder(['a', 'b', 'c'], round))
	for (const place of [0, 1, 2]) {
		expect(rounds.map((round) => round[place]).toSorted()).toEqual(['a', 'b', 'c'])
	}
})

test('a single contestant has every turn', () => {
	expect(turnOrder(['a'], 7)).toEqual(['a'])
})
