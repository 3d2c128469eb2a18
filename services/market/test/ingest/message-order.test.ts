import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMessageOrder, type MessageOrderOptions } from '../../src/ingest/message-order.ts'
import { messageOf } from './message-of.ts'

function orderOf(options: Partial<MessageOrderOptions> = {}) {
	const delivered: number[] = []
	const order = createMessageOrder(
		{ deliver: ({ seq }) => delivered.push(seq) },
		{ after: 0, mostWaiting: 1_000, mostWaitingBytes: 1_000_000, ...options },
	)
	const place = (seq: number, isSnapshot = false) => order.place(messageOf(seq, 1, { isSnapshot }))
	return { ...order, delivered, place }
}

test('messages that come late and messages that come twice are delivered once, and in order', () => {
	const sequence = fc
		.tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }))
		.map(([count, moves]) => {
			const sent = Array.from({ length: count }, (_, index) => index + 1)
			for (const [from, to] of moves) {
				const [seq] = sent.slice(from % sent.length)
				sent.splice(to % sent.length, 0, seq as number)
			}
			return { count, sent }
		})
	fc.assert(
		fc.property(sequence, ({ count, sent }) => {
			const order = orderOf()
			const placings = sent.map((seq) => order.place(seq))
			expect(order.delivered).toEqual(Array.from({ length: count }, (_, index) => index + 1))
			expect(placings.filter((placing) => placing === 'duplicate')).toHaveLength(sent.length - count)
			expect(order.waiting()).toBe(0)
		}),
	)
})

test('a message waits for a missing one, until as many wait as may', () => {
	const byCount = orderOf({ mostWaiting: 3 })
	expect([2, 3, 3].map((seq) => byCount.place(seq))).toEqual(['waits', 'waits', 'duplicate'])
	expect([byCount.waiting(), byCount.isFull()]).toEqual([2, false])
	byCount.place(4)
	expect(byCount.isFull()).toBe(true)
	const byBytes = orderOf({ mostWaitingBytes: 250 })
	for (const seq of [2, 3]) byBytes.place(seq)
	expect(byBytes.isFull()).toBe(false)
	byBytes.place(4)
	expect(byBytes.isFull()).toBe(true)
	byBytes.place(1)
	expect(byBytes.isFull()).toBe(false)
	expect(byBytes.delivered).toEqual([1, 2, 3, 4])
})

test('a snapshot replaces what is missing before it, and the numbers go on from its own', () => {
	const order = orderOf()
	for (const seq of [1, 3, 4, 8]) order.place(seq)
	expect(order.place(7, true)).toBe('inOrder')
	expect(order.delivered).toEqual([1, 7, 8])
	expect([order.waiting(), order.last()]).toEqual([0, 8])
})

test('the first snapshot of a connection may begin the numbers again, and a later one may not', () => {
	const order = orderOf({ after: 900 })
	expect(order.place(11)).toBe('duplicate')
	expect(order.place(10, true)).toBe('inOrder')
	expect(order.place(11)).toBe('inOrder')
	expect(order.place(10, true)).toBe('duplicate')
	expect(order.place(12)).toBe('inOrder')
	expect(order.delivered).toEqual([10, 11, 12])
})

test('without a position, messages wait for the snapshot', () => {
	const order = orderOf({ after: undefined })
	expect(order.place(8)).toBe('waits')
	expect(order.place(9)).toBe('waits')
	expect(order.place(7, true)).toBe('inOrder')
	expect(order.delivered).toEqual([7, 8, 9])
})

test('a source that sends no snapshot begins with the lowest number that has come', () => {
	const order = orderOf({ after: undefined })
	for (const seq of [9, 8, 11]) order.place(seq)
	order.beginWithoutSnapshot()
	expect(order.delivered).toEqual([8, 9])
	expect([order.waiting(), order.last()]).toEqual([1, 9])
})
