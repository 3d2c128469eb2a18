import { expect, test } from 'vitest'
import { prefersEventStream } from '../../src/http/accept.ts'

test.each([
	'text/event-stream',
	'Text/Event-Stream; charset=utf-8',
	'text/event-stream, */*',
	'*/*, text/event-stream',
	'text/event-stream, */*;q=0.1',
	'text/event-stream, application/json;q=0.9',
	'text/event-stream;q=0.5, application/*;q=0.4',
	'text/*, application/json;q=0.5',
	'text/event-stream;q=0.1, application/json;q=0',
])('"%s" prefers a stream of events', (accept) => {
	expect(prefersEventStream(accept)).toBe(true)
})

test.each([
	'',
	'*/*',
	'*',
	'text/*, */*',
	'application/json',
	'application/json, text/event-stream',
	'text/event-stream, application/json',
	'text/event-stream;q=0.9, application/json',
	'text/event-stream;q=0, */*;q=0.1',
	'text/event-stream;q=0',
	'text/event-streams',
	'application/json;a="text/event-stream"',
])('"%s" does not', (accept) => {
	expect(prefersEventStream(accept)).toBe(false)
})
