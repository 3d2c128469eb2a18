/** @import { LoggedEvent } from './position-at.js' */
import { request } from '../../../api/request.js'

/** @returns {Promise<string>} the position of the end of the log */
export async function lastPosition() {
	return (await request('GET', '/v1/events', { query: { after: 'now' } })).body.next
}

/**
 * The first event after a position, or the first one that is left.
 *
 * @param {string | undefined} position
 * @returns {Promise<LoggedEvent | undefined>}
 */
export async function eventAfter(position) {
	const { body } = await request('GET', '/v1/events', { query: { after: position, limit: 1 } })
	const first = body.events[0]
	return first && { position: first.position, time: first.event.time }
}
