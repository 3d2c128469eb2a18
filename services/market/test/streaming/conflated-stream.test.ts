import { createUnreadTotal } from '@mercat/grpc-service/unread-total'
import { expect, test } from 'vitest'
import { openConflatedStream, type ResponseRest } from '../../src/streaming/conflated-stream.ts'

/** A stream of numbers by key, to a reader that takes responses when the test says so. A part has `partBytes`. */
function openNumbers({ partBytes = 20 }: { partBytes?: number } = {}) {
	const numbers = new Map<string, number>()
	const responses: string[] = []
	const waiting: (() => void)[] = []
	const state = { notedUntilMs: undefined as number | undefined, isEnded: false, isCut: false, isClosing: false }
	const stream = openConflatedStream({
		output: {
			write(response, taken) {
				responses.push(response.toString().replaceAll(/ +/g, ' ').trim())
				waiting.push(taken)
			},
			end() {
				state.isEnded = true
			},
			fail() {},
			cut() {
				state.isCut = true
			},
			isConnectionClosing: () => state.isClosing,
		},
		unreadTotal: createUnreadTotal(),
		partsOf: (key) => (numbers.has(key) ? [Buffer.from(`${key}=${numbers.get(key)}`.padEnd(partBytes))] : []),
		restOf: ({ initialStateComplete, asOfMs }: ResponseRest) =>
			Buffer.from(`${initialStateComplete ? 'complete ' : ''}${asOfMs === undefined ? '' : `as of ${asOfMs}`}`),
		notedUntilMs: () => state.notedUntilMs,
		lifeMs: 600_000,
	})
	return {
		stream,
		responses,
		state,
		set(key: string, value: number): void {
			numbers.set(key, value)
			stream.note(key, 0)
		},
		takeAll(): void {
			for (let taken = waiting.shift(); taken !== undefined; taken = waiting.shift()) taken()
		},
	}
}

test('what changes before its reader has room is told once, as it is then', () => {
	// A response of this size leaves no room for another.
	const numbers = openNumbers({ partBytes: 300 * 1024 })
	numbers.set('A', 1)
	numbers.stream.wake()
	for (let value = 2; value <= 9; value++) {
		numbers.set('B', value)
		numbers.set('A', value)
		numbers.stream.wake()
	}
	expect(numbers.responses).toEqual(['A=1'])
	numbers.takeAll()
	expect(numbers.responses).toEqual(['A=1', 'B=9', 'A=9'])
})

test('the state is complete when all that was noted before is told, and not earlier', () => {
	const numbers = openNumbers({ partBytes: 300 * 1024 })
	numbers.set('A', 1)
	numbers.set('B', 1)
	numbers.stream.complete()
	numbers.set('C', 1)
	numbers.stream.wake()
	numbers.takeAll()
	expect(numbers.responses).toEqual(['A=1', 'B=1', 'C=1 complete'])
})

test('the time until which all is told is that from before the first change that waits', () => {
	const numbers = openNumbers({ partBytes: 300 * 1024 })
	numbers.stream.complete()
	numbers.state.notedUntilMs = 10
	numbers.set('A', 1)
	numbers.stream.wake()
	numbers.set('B', 1)
	numbers.state.notedUntilMs = 20
	numbers.set('C', 1)
	numbers.takeAll()
	expect(numbers.responses.map((text) => /as of (\d+)/.exec(text)?.[1])).toEqual(['10', '20', '20'])
})

test('a stream whose connection is about to be closed ends, and another one does not', () => {
	const numbers = openNumbers()
	numbers.stream.check()
	expect(numbers.state.isEnded).toBe(false)
	numbers.state.isClosing = true
	numbers.stream.check()
	expect(numbers.state.isEnded).toBe(true)
	numbers.set('A', 1)
	numbers.stream.wake()
	expect(numbers.responses).toEqual([])
})

test('a stream for which too much waits is cut off', () => {
	const total = createUnreadTotal(100)
	const cut: string[] = []
	const open = (name: string) =>
		openConflatedStream({
			output: { write() {}, end() {}, fail() {}, cut: () => cut.push(name), isConnectionClosing: () => false },
			unreadTotal: total,
			partsOf: () => [Buffer.alloc(60)],
			restOf: () => Buffer.alloc(0),
			notedUntilMs: () => undefined,
			lifeMs: 600_000,
		})
	for (const name of ['one', 'other']) {
		const stream = open(name)
		stream.note('A', 0)
		stream.wake()
	}
	expect(cut).toHaveLength(1)
})
