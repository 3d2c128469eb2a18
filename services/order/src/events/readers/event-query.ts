import type { EventQuery } from '@mercat/order-api/event-schemas'
import { eventTypes, everyType } from '@mercat/order-api/event-types'
import { type ErrorPlace, Problem, parameterPlace } from '@mercat/rest-api/problem'
import type { EventFilter } from '../logged-event.ts'
import { parsePosition, type Start } from '../position.ts'

const inQuery = parameterPlace('after')
const inHeader: ErrorPlace = { pointer: '#/headers/last-event-id' }

/**
 * Where a page begins.
 *
 * @throws Problem INVALID_REQUEST when the text is no position
 */
export function startOf(after: string | undefined): Start {
	if (after === undefined) return 'beginning'
	return after === 'now' ? 'now' : { after: parsePosition(after, inQuery), place: inQuery }
}

/** Where a stream begins. A reader that comes back tells its last position in a header, which counts more. */
export function streamStartOf(lastEventId: string | undefined, after: string | undefined): Start {
	return lastEventId ? { after: parsePosition(lastEventId, inHeader), place: inHeader } : startOf(after)
}

const typeNames: readonly string[] = [everyType, ...eventTypes]

/**
 * The events that the reader asks for. Types may be repeated or stand between commas, and `*` is every type.
 *
 * @throws Problem INVALID_REQUEST for an unknown type
 */
export function filterOf({ types, customerId, orderId }: EventQuery): EventFilter {
	const names = types.flatMap((text) => text.split(','))
	if (!names.every((name) => typeNames.includes(name))) {
		const detail = `must be one of ${typeNames.join(', ')}`
		throw new Problem('INVALID_REQUEST', { errors: [{ ...parameterPlace('types'), code: 'enum', detail }] })
	}
	const isEveryType = names.length === 0 || names.includes(everyType)
	return {
		...(!isEveryType && { types: [...new Set(names)] }),
		...(customerId !== undefined && { customerId }),
		...(orderId !== undefined && { orderId: orderId.toLowerCase() }),
	}
}
