import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'
import { eventually } from '@mercat/testing/eventually'

/** One frame of a stream, with its fields. */
export type Frame = { id?: string; event?: string; data?: string; retry?: string; comment?: string }

export type OpenStreamOptions = {
	/** Left out for a stream that anyone may open. */
	token?: string
	headers?: Record<string, string>
	/** Does not read the answer. */
	isPaused?: boolean
	/** Of another stream than that of events. */
	path?: string
}

export type OpenStream = Awaited<ReturnType<typeof openStream>>

/** Opens `GET /v1/events`, or another path, as a stream over a connection of its own. */
export async function openStream(
	url: string,
	query: string,
	{ token, headers, isPaused, path = '/v1/events' }: OpenStreamOptions,
) {
	const sent = request(`${url}${path}${query}`, {
		agent: false,
		headers: {
			...(token !== undefined && { authorization: `Bearer ${token}` }),
			accept: 'text/event-stream',
			...headers,
		},
	}).end()
	// A cut of the answer is an error of the request, too.
	sent.on('error', () => {})
	const [answer] = (await once(sent, 'response')) as [IncomingMessage]
	const socket = sent.socket as Socket
	const frames: Frame[] = []
	let ended: 'complete' | 'cut' | undefined
	let rest = ''
	if (!isPaused) {
		answer.setEncoding('utf8').on('data', (text: string) => {
			const parts = (rest + text).split('\n\n')
			rest = parts.pop() ?? ''
			frames.push(...parts.map(parseFrame))
		})
	}
	answer.on('error', () => {})
	answer.once('close', () => {
		ended = answer.complete ? 'complete' : 'cut'
	})
	const events = () => frames.filter(({ data }) => data !== undefined)
	return {
		status: answer.statusCode,
		headers: answer.headers,
		frames,
		events,
		/** The positions of the events so far. */
		positions: () => events().map(({ id }) => Number(id)),
		/** The position that a client remembers. */
		lastId: () => frames.findLast(({ id }) => id !== undefined)?.id,
		/** Whether the stream has ended as it should, or was cut. */
		ended: () => ended,
		receive: (count: number) =>
			eventually(() => {
				if (events().length < count) throw new Error(`${events().length} of ${count} events`)
			}),
		untilEnded: () =>
			eventually(() => {
				if (ended === undefined) throw new Error('the stream is still open')
				return ended
			}),
		pause: () => socket.pause(),
		resume: () => (isPaused ? answer.resume() : socket.resume()),
		[Symbol.dispose]: () => void socket.destroy(),
	}
}

function parseFrame(text: string): Frame {
	return Object.fromEntries(
		text.split('\n').map((line) => {
			const colon = line.indexOf(':')
			return [line.slice(0, colon) || 'comment', line.slice(colon + 1).trimStart()]
		}),
	)
}
