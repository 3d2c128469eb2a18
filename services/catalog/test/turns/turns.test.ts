import { expect, test } from 'vitest'
import { createTurns } from '../../src/turns/turns.ts'

test('Of several pieces of long work, one goes on in each turn of the event loop, and each in its order', async () => {
	let inThisTurn = 0
	let most = 0
	let isOver = false
	const watch = () => {
		inThisTurn = 0
		if (!isOver) setImmediate(watch)
	}
	setImmediate(watch)
	const order: string[] = []
	async function work(name: string): Promise<void> {
		const turns = createTurns()
		for (let step = 0; step < 3; step++) {
			await turns.next()
			order.push(name)
			most = Math.max(most, ++inThisTurn)
		}
	}
	await Promise.all(['a', 'b', 'c'].map(work))
	isOver = true
	expect(most).toBe(1)
	expect(order.join('')).toBe('abcabcabc')
})
