import { findOrderId, findTraceId } from '../../ids/find-ids.js'
import { idFault } from '../../ids/id-fault.js'

/**
 * What a person asks about: an order, a trace, or an idempotency key of a customer.
 *
 * @typedef {{ order: string } | { trace: string } | { key: string, customerId: string }} Question
 */

/** Why a text asks nothing. `reference` is there for a text that may name a parcel or a payment. @typedef {{ fault: string, reference?: string }} Fault */

/**
 * Finds out what a pasted text is, or which id stands in it. With a customer it is a key, whatever it looks like: many
 * clients use UUIDs as keys. But a key has no spaces.
 *
 * @param {string} text
 * @param {string} customerId
 * @returns {Question | Fault | undefined} undefined for an empty text
 */
export function readQuestion(text, customerId) {
	const asked = text.trim()
	const customer = customerId.trim()
	const hasSpaces = /\s/.test(asked)
	if (asked === '') return undefined
	if (customer !== '' && !hasSpaces) return { key: unquoted(asked), customerId: customer }
	// The trace comes first: it names one request, and an order has many.
	const trace = findTraceId(asked)
	if (trace !== undefined) return { trace }
	const order = findOrderId(asked)
	if (order !== undefined) return { order }
	const fault = idFault(asked)
	if (customer !== '')
		return { fault: `An idempotency key has no spaces. ${fault ?? 'There is no other id in this text.'}` }
	if (fault !== undefined) return { fault: `${fault} If this is an idempotency key, name its customer.` }
	if (hasSpaces)
		return { fault: 'There is no id in this text. An order id has 36 characters, and a trace id has 32 digits.' }
	return {
		fault: 'A key belongs to a customer. If this is an idempotency key, name its customer.',
		reference: unquoted(asked),
	}
}

/**
 * What the address of the screen asks, as a person would type it.
 *
 * @param {URLSearchParams} query
 * @returns {{ text: string, customer: string }}
 */
export function askedIn(query) {
	const [order, trace, key, customerId] = ['order', 'trace', 'key', 'customerId'].map((name) => query.get(name) ?? '')
	if (order || trace) return { text: order || trace || '', customer: '' }
	return { text: key ?? '', customer: customerId ?? '' }
}

/** A key may stand in quotation marks, as in its header. @param {string} key */
function unquoted(key) {
	return /^"(.+)"$/.exec(key)?.[1] ?? key
}
