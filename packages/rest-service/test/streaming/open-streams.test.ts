import { expect, test } from 'vitest'
import { createOpenStreams, type OpenStream } from '../../src/streaming/open-streams.ts'
import type { StreamOutput } from '../../src/streaming/stream-output.ts'
import { createStreamPlaces } from '../../src/streaming/stream-places.ts'

const stream: OpenStream = { check() {}, end() {}, close() {} }
const output = {} as StreamOutput

test('a stream whose output cannot be opened gives its place back', () => {
	const places = createStreamPlaces({ maxStreams: 1 })
	using streams = createOpenStreams({ places, openStream: () => stream })
	const noOutput = () => {
		throw new Error('the connection is closed')
	}
	expect(() => streams.open({ client: 'alice' }, noOutput)).toThrow('the connection is closed')
	const close = streams.open({ client: 'alice' }, () => output)
	expect(() => streams.open({ client: 'alice' }, () => output)).toThrow(
		expect.objectContaining({ code: 'TOO_MANY_STREAMS' }),
	)
	close()
	streams.open({ client: 'alice' }, () => output)
	expect([...streams.all]).toEqual([stream])
})
