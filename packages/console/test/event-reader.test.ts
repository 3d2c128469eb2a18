import { expect, test } from 'vitest'
import { createEventReader } from '../src/page/api/event-reader.js'

test('events are read whatever pieces they come in', () => {
	const text = ': comment\nretry: 1000\n\nid: 7\nevent: status\ndata: {"a":1}\n\ndata: one\ndata: two\r\n\r\n'
	const expected = [
		{ type: 'status', data: '{"a":1}', id: '7' },
		{ type: 'message', data: 'one\ntwo', id: '7' },
	]
	for (const size of [1, 2, 3, 7, text.length]) {
		const { push } = createEventReader()
		const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
			text.slice(index * size, (index + 1) * size),
		)
		expect(pieces.flatMap(push), `in pieces of ${size}`).toEqual(expected)
	}
})

test('an event that a broken stream has cut off is not joined with the next stream, which begins after the latest id', () => {
	const reader = createEventReader()
	reader.push('id: 1\ndata: whole\n\nid: 2\nevent: status\ndata: cut')
	reader.restart()
	expect(reader.push('data: next\n\n')).toEqual([{ type: 'message', data: 'next', id: '1' }])
})

test('the id to go on from is that of the latest complete event', () => {
	const reader = createEventReader()
	reader.push('id: 1\ndata: whole\n\nid: 2\ndata: cut')
	expect(reader.lastId()).toBe('1')
})
