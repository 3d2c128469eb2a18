import { expect, test } from 'vitest'
import { waitingBytes } from '../src/streams/stream-gauges.ts'
import { countUnread } from '../src/streams/unread-bytes.ts'
import { createUnreadTotal } from '../src/streams/unread-total.ts'

/** Readers that take nothing, with streams that together may have 100 bytes waiting. */
function openReaders(names: string[]) {
	const total = createUnreadTotal(100)
	const cut: string[] = []
	const streams = new Map(
		names.map((name) => {
			const unread = countUnread({
				output: { write: () => {} },
				total,
				taken: () => {},
				cutOff() {
					cut.push(name)
					unread.forget()
				},
			})
			return [name, unread]
		}),
	)
	const write = (name: string, bytes: number) => streams.get(name)?.write(Buffer.alloc(bytes))
	return { total, cut, write, streams }
}

test('when too much waits for all readers, the streams with the most of it are cut off until a quarter is free', async () => {
	const { cut, write, streams } = openReaders(['small', 'large', 'larger', 'largest'])
	write('small', 5)
	write('largest', 35)
	write('large', 29)
	write('larger', 31)
	expect(cut).toEqual([])
	write('small', 1)
	expect(cut).toEqual(['largest'])
	write('small', 35)
	expect(cut).toEqual(['largest', 'small'])
	for (const unread of streams.values()) unread.forget()
	expect((await waitingBytes.get()).values).toMatchObject([{ value: 0 }])
})

test('half of what may wait for all readers is much, until it is forgotten', () => {
	const { total, write, streams } = openReaders(['one', 'other'])
	write('one', 30)
	write('other', 20)
	expect(total.isHigh()).toBe(false)
	write('other', 1)
	expect(total.isHigh()).toBe(true)
	streams.get('one')?.forget()
	expect(total.isHigh()).toBe(false)
})
