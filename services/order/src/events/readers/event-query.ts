import type { EventQuery } from '@mercat/order-api/event-schemas'
import type { EventFilter } from '../logged-event.ts'
import { parsePosition, type Start } from '../position.ts'

const afterPointer = '#/after'
const headerPointer = '#/headers/last-event-id'

/**
 * Where a page begins.
 *
 * @throws Problem INVALID_REQUEST when the text is no position
 */
export function startOf(after: string | undefined): Start {
	if (after === undefined) return 'beginning'
	return after === 'now' ? 'now' : { after: parsePosition(after, afterPointer), pointer: afterPointer }
}

/** Where a stream begins. A reader that comes back tells its last position in a header, which counts more. */
export function streamStartOf(lastEventId: string | undefined, after: string | undefined): Start {
	return lastEventId ? { after: parsePosition(lastEventId, headerPointer), pointer: headerPointer } : startOf(after)
}

/** The events that the reader asks for. Types may be repeated or stand between commas, and `*` is every type. */
export function filterOf({ types, customerId, orderId }: EventQuery): EventFilter {
	const names = types.flatMap((text) => text.split(','))
	const isEveryType = names.length === 0 || names.includes('*')
	return {
		...(!isEveryType && { types: [...new Set(names)] }),
		...(customerId !== undefined && { customerId }),
		...(orderId !== undefined && { orderId: orderId.toLowerCase() }),
	}
}
