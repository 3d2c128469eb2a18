import { describe, expect, test, vi } from 'vitest'
import { createChangeRing } from '../../src/product-changes/change-ring.ts'
import type { ToldMessage } from '../../src/product-changes/told-message.ts'

const told = (text: string) => ({ sku: 'MUG', text, isQuantity: false })
const quantity = (text: string) => ({ sku: 'MUG', text, isQuantity: true })
type Change = ReturnType<typeof told>

/** A message that is told as of `second`. */
function message(position: number, second: number, ...changes: Change[]): ToldMessage {
	const asOfMs = second * 1_000
	return {
		changes,
		token: `${position} ${second} ${changes.length}`,
		position,
		asOf: new Date(asOfMs).toISOString(),
		asOfMs,
		bytes: 1_000,
	}
}

const textsOf = (changes: readonly Change[] = []) => changes.map(({ text }) => text)

describe('a ring of messages', () => {
	test('knows where the reader of a token goes on, and forgets the oldest when it is full', () => {
		const ring = createChangeRing({ mostBytes: 3_000 })
		const messages = Array.from({ length: 5 }, (_, index) => message(index, index))
		for (const each of messages) ring.push(each)
		expect(messages.map(({ token }) => ring.after(token))).toEqual([undefined, undefined, 3, 4, 5])
		expect([ring.first(), ring.at(1), ring.at(2)?.position, ring.last()?.position]).toEqual([2, undefined, 2, 4])
		ring.clear()
		expect([ring.after(messages[4]!.token), ring.last(), ring.first()]).toEqual([undefined, undefined, 5])
	})

	test('forgets what is too old, but for the last message', () => {
		vi.useFakeTimers({ toFake: ['performance'] })
		const ring = createChangeRing({ keepMs: 1_000 })
		ring.push(message(1, 1))
		vi.advanceTimersByTime(2_000)
		expect(ring.last()?.position).toBe(1)
		ring.push(message(2, 2))
		expect(ring.first()).toBe(1)
		vi.useRealTimers()
	})

	test('has new readers begin with the changes of the time that their own reads may lack', () => {
		vi.useFakeTimers({ toFake: ['performance'] })
		const ring = createChangeRing({ readsAreOldMs: 1_000, mostBytes: 2_000 })
		expect(ring.beginning()).toBeUndefined()
		ring.push(message(1, 1))
		expect(ring.beginning()).toBeUndefined()
		vi.advanceTimersByTime(1_000)
		ring.push(message(2, 2))
		expect(ring.beginning()).toMatchObject({ message: { position: 1 }, next: 1 })
		ring.push(message(3, 2))
		// The message of a second ago had to go.
		expect(ring.beginning()).toMatchObject({ message: { position: 2 }, next: 2 })
		vi.useRealTimers()
	})
})

describe('a reader of another watch', () => {
	const ringOf = (...messages: ToldMessage[]) => {
		const ring = createChangeRing()
		for (const each of messages) ring.push(each)
		return ring
	}

	test('goes on behind the message that ends with the same change', () => {
		const ring = ringOf(message(5, 1), message(7, 20, told('six'), told('seven')), message(8, 21, told('eight')))
		const crossing = ring.cross(message(7, 22, told('seven')), 'seven')
		expect([textsOf(crossing?.message.changes), crossing?.next]).toEqual([[], 2])
	})

	test('gets the rest of a message in whose middle it is', () => {
		const ring = ringOf(message(5, 1), message(8, 20, told('six'), told('seven'), told('eight')))
		const crossing = ring.cross(message(6, 20, told('five'), told('six')), 'six')
		expect([textsOf(crossing?.message.changes), crossing?.next]).toEqual([['seven', 'eight'], 2])
	})

	test('is found within an entry of which its own watch has told a part', () => {
		const ring = ringOf(message(5, 1, told('five')), message(6, 20, told('six a'), told('six b'), told('six c')))
		const crossing = ring.cross(message(5, 20, told('five'), told('six a')), 'six a')
		expect([textsOf(crossing?.message.changes), crossing?.next]).toEqual([['six b', 'six c'], 2])
	})

	test('waits where the ring has nothing of its last change', () => {
		const ring = ringOf(message(5, 1), message(8, 20, told('six'), told('seven'), told('eight')))
		expect(ring.cross(message(3, 20, told('three')), 'three')).toBeUndefined()
		expect(ring.cross(message(9, 20, told('nine')), 'nine')).toBeUndefined()
	})

	test('goes on at the end when both have told everything', () => {
		const ring = ringOf(message(5, 1), message(5, 20))
		expect(ring.cross(message(5, 20), undefined)).toMatchObject({ next: 1 })
		expect(ring.cross(message(5, 20), 'five')).toMatchObject({ next: 1 })
		// A part of the next entry may be told.
		expect(ring.cross(message(5, 20, told('five')), 'five')).toBeUndefined()
		ring.push(message(6, 21, told('six')))
		expect(ring.cross(message(5, 21), undefined)).toBeUndefined()
	})

	test('gets the quantities of the last seconds again, and waits while the ring is younger', () => {
		const ring = ringOf(
			message(5, 10, quantity('long told')),
			message(5, 19, quantity('told a moment ago')),
			message(6, 20, told('six'), quantity('new')),
		)
		expect(ring.cross(message(6, 12, told('six')), 'six')).toBeUndefined()
		const crossing = ring.cross(message(6, 20, told('six')), 'six')
		expect([textsOf(crossing?.message.changes), crossing?.next]).toEqual([['told a moment ago', 'new'], 3])
	})
})
