import { findOrderId } from './find-ids.js'

const shortOrderId = /^[0-9a-f]{8}$/i
const nearOrderId = /^(?=.{28,44}$)[0-9a-z]+(-[0-9a-z]+){3,5}$/i
const nearTraceId = /^[0-9a-f]{12,64}$/i
const nearTraceparent = /^[0-9a-f]{2}-([0-9a-f]{12,64})-[0-9a-f]{1,24}-[0-9a-f]{2}$/i
/** A parcel number has digits only. It is never as long as a trace id. */
const parcelNumber = /^\d{1,27}$/

/**
 * How a text misses to be an order id.
 *
 * @param {string} text
 */
export function orderIdFault(text) {
	if (findOrderId(text) !== undefined) return undefined
	if (text.length === 36)
		return 'An order id has only the digits 0 to 9, the letters a to f, and a hyphen after 8, 4, 4 and 4 of them. Copy it anew.'
	const length = `An order id has 36 characters, this has ${text.length}`
	return text.length < 36 ? `${length}: copy the whole id with the button beside it.` : `${length}.`
}

/**
 * How a text that somebody took for an id misses to be one. Undefined for a text that is not like an id.
 *
 * @param {string} text
 */
export function idFault(text) {
	const words = text.split(/\s+/).map((word) => word.replace(/^\W+|\W+$/g, ''))
	return words.map(wordFault).find((fault) => fault !== undefined)
}

/** @param {string} word */
function wordFault(word) {
	const digits = nearTraceparent.exec(word)?.[1] ?? (nearTraceId.test(word) ? word : undefined)
	if (digits !== undefined && !parcelNumber.test(digits))
		return `A trace id has 32 digits, this has ${digits.length}. Copy the whole id.`
	if (nearOrderId.test(word) || (shortOrderId.test(word) && !parcelNumber.test(word))) return orderIdFault(word)
	return undefined
}
