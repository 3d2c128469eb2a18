import { expect, test } from 'vitest'
import { createEventReader } from '../src/following/event-reader.ts'

const stream =
	'retry: 1000\nid: 2\n\nid: 3\nevent: changes\ndata: {"a":\ndata: 1}\n\n: nothing new\nid: 4\n\ndata:x\r\n\r\nid: 5\n'
const frames = [
	{ id: '2', type: 'message', data: undefined },
	{ id: '3', type: 'changes', data: '{"a":\n1}' },
	{ id: '4', type: 'message', data: undefined },
	{ id: '4', type: 'message', data: 'x' },
]

test('a block has its type, its data and the last id; one that has not ended counts for nothing', () => {
	expect(createEventReader()(stream)).toEqual(frames)
})

test('it does not matter where a stream is divided', () => {
	for (let size = 1; size < 10; size++) {
		const read = createEventReader()
		const pieces = stream.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? []
		expect(pieces.flatMap((piece) => read(piece))).toEqual(frames)
	}
})
