import type { Client } from '../generated/client/index.ts'
import type { Event, ListEventsData } from '../generated/types.gen.ts'
import { type FollowOptions, followStream } from './follow-stream.ts'

export type FollowEventsOptions = FollowOptions & {
	client: Client
	/** `after` is where to begin: the position that you have stored, or `now`. Without it the first event that is left is first. */
	query?: Omit<NonNullable<ListEventsData['query']>, 'limit'>
}

export type FollowedEvent = {
	/** Store it together with what you did with the event. */
	position: string
	event: Event
}

export type EventFollower = AsyncIterable<FollowedEvent> & {
	/** How far the log was read: as far as the last event or, with a filter, further. Undefined before the service has told it. */
	readonly position: string | undefined
}

/**
 * The events of orders, each once and in order, for as long as they are read. A stream that breaks goes on after the last
 * position. A reader that is slow misses nothing.
 *
 * @throws ProblemError while it is read: `POSITION_EXPIRED` when events after the position are deleted, `FORBIDDEN`, …
 */
export function followEvents({ client, query = {}, ...options }: FollowEventsOptions): EventFollower {
	const place = { client, url: '/v1/events', query, security: [{ scheme: 'bearer', type: 'http' } as const] }
	let position = ''
	return {
		get position() {
			return position || undefined
		},
		async *[Symbol.asyncIterator]() {
			for await (const { id, data } of followStream(place, position, options)) {
				position = id
				if (data !== undefined) yield { position, event: JSON.parse(data) as Event }
			}
		},
	}
}
