import { type Facts, mostOrderless, type ReservationFact, type UnknownReservation } from './facts.ts'
import { timeText } from './phrases.ts'

// A mistake in the number is the likeliest cause.
const unknown: Record<Facts['question']['by'], string> = {
	order: 'Check the order id: there is no such order, and no record of a request to place it.',
	key: 'Check the key and the customer: there is no order of this key, and no record of a request to place it.',
	trace: 'Check the trace id: no request with it is known.',
}

/** What can be said when there is no order and no record of a request. */
export function absenceSentence({ question, notKept, orderless, search, reservation }: Facts): string {
	return [
		unknown[question.by],
		'Perhaps the request never arrived, or nobody could read it, or its client left before the answer.',
		'Perhaps it was answered only a second ago: then ask again.',
		'Perhaps it was refused more than a day ago: records of refusals are kept for a day.',
		...(question.by === 'trace' || orderless === 0 ? [] : [orderlessText(orderless)]),
		notKept === 0
			? 'No record of the last day was dropped.'
			: `${notKept} ${notKept === 1 ? 'record' : 'records'} of the last day were not kept, because there were too many, and this request may be among them.`,
		...(search === undefined ? [] : [searchText(search)]),
		...(question.by !== 'trace' && isUnknown(reservation) ? [unknownReservationText(reservation)] : []),
		...(question.by === 'key' ? ['The order can be sent again with the same key: that is safe.'] : []),
	].join(' ')
}

/** What can be said when the catalog has a reservation of an order that does not exist. */
export function unsettledSentence({ state, expiresAt, updatedAt }: ReservationFact): string {
	const begin = 'Not settled: the catalog has a reservation, and the order does not exist.'
	const until = expiresAt === null ? '' : ` until ${timeText(expiresAt)}`
	switch (state) {
		case 'HELD':
			return `${begin} It holds the stock${until}. The answer to a request was lost, or a request is under way. Send the same request with the same key again: that settles it. Without it the hold ends by itself.`
		case 'EXPIRED':
			return `${begin} The hold ended on ${timeText(updatedAt)}, so no stock is held. The answer to a request was lost. Send the same request with the same key again: that settles it.`
		case 'COMMITTED':
		case 'RELEASED':
			return `${begin} It is ${state} since ${timeText(updatedAt)}, which only an order can have caused. An order is missing in the database: run the audit.`
	}
}

export function isUnknown(reservation: Facts['reservation']): reservation is UnknownReservation {
	return typeof reservation === 'string'
}

const unknownReasons: Record<UnknownReservation, string> = {
	unanswered: 'The catalog did not answer',
	invalid: 'The catalog gave an invalid answer',
	notSupported: 'The catalog is of an earlier version, which cannot be asked for reservations',
}

/** What can be said about the stock when the catalog has not told it. */
export function unknownReservationText(reservation: UnknownReservation): string {
	return `${unknownReasons[reservation]}, so it is not known whether it holds stock for the order.`
}

function orderlessText(count: number): string {
	const requests = `${count >= mostOrderless ? 'At least ' : ''}${count} ${count === 1 ? 'request' : 'requests'} to place an order`
	return `${requests} of the last day had no valid token or key, or came while too many were under way: such a request is kept without its customer or its order, and this one may be among them. Its trace id finds it.`
}

function searchText({ since, isWhole }: NonNullable<Facts['search']>): string {
	if (since === null) return 'There are no changes of orders to search.'
	if (isWhole) return 'All changes of orders that are in the log of events were searched.'
	return `The changes of orders since ${timeText(since)} were searched; earlier ones were not.`
}
