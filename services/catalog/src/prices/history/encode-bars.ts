import type { GetPriceHistoryResponse } from '@mercat/catalog-api/messages/GetPriceHistoryResponse'
import type { PriceBar } from './price-bars.ts'

// The field `bars` of the response, and those of a bar, each with its wire type.
const barTag = 0x12
const beginTag = 0x0a
const secondsTag = 0x08
const currencyTag = 0x12
const openTag = 0x18
const highTag = 0x20
const lowTag = 0x28
const closeTag = 0x30
const changesTag = 0x38

// A bar has at most 58 bytes: six numbers of up to eight bytes, three letters, and their tags. So each length takes one byte.
const longestBar = 64

export type BarEncoder = ReturnType<typeof createBarEncoder>

/**
 * Encodes responses with bars. The general encoder takes about 1.8 times as long: 0.34 ms for 500 bars against 0.19 ms.
 *
 * @param serialize the general encoder
 */
export function createBarEncoder(serialize: (response: GetPriceHistoryResponse) => Buffer) {
	/** The bytes of a response with bars, and with the fields of `rest`. */
	return (bars: readonly PriceBar[], stepUs: number, rest: GetPriceHistoryResponse): Buffer => {
		const stepSeconds = stepUs / 1e6
		const bytes = Buffer.allocUnsafe(bars.length * longestBar)
		let at = 0
		for (const bar of bars) {
			bytes[at] = barTag
			const beginsAt = at + 2
			const end = writeBar(bytes, beginsAt, bar, bar.step * stepSeconds)
			bytes[at + 1] = end - beginsAt
			at = end
		}
		// The fields of a message may come one after the other in any parts.
		return Buffer.concat([bytes.subarray(0, at), serialize(rest)])
	}
}

function writeBar(bytes: Buffer, start: number, bar: PriceBar, seconds: number): number {
	let at = start
	bytes[at] = beginTag
	const timeEnd = writeNumber(bytes, at + 2, secondsTag, seconds)
	bytes[at + 1] = timeEnd - at - 2
	at = timeEnd
	bytes[at++] = currencyTag
	bytes[at++] = bar.currency.length
	for (let letter = 0; letter < bar.currency.length; letter++) bytes[at++] = bar.currency.charCodeAt(letter)
	at = writeNumber(bytes, at, openTag, bar.open)
	at = writeNumber(bytes, at, highTag, bar.high)
	at = writeNumber(bytes, at, lowTag, bar.low)
	at = writeNumber(bytes, at, closeTag, bar.close)
	return writeNumber(bytes, at, changesTag, bar.changes)
}

/** Writes an integer from 0 to 2^53 - 1. A field without its zero has it all the same. */
function writeNumber(bytes: Buffer, start: number, tag: number, value: number): number {
	if (value === 0) return start
	let at = start
	let rest = value
	bytes[at++] = tag
	for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[at++] = (rest % 0x80) | 0x80
	bytes[at++] = rest
	return at
}
