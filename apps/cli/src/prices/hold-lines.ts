import { majorUnits } from '@mercat/catalog-api/currencies'
import type { HeldPrice__Output } from '@mercat/catalog-api/messages/HeldPrice'
import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import { millisecondsOf } from '@mercat/catalog-api/timestamps'
import { oneLine } from '../command/one-line.ts'

/** A held price in one line, which begins with its id. The title stands at its end. */
export function describeHold(hold: HeldPrice__Output): string {
	const { id, sku, source, opinions, since, until, title } = hold
	const others = opinions.map((opinion) => `, ${opinion.source} sends ${describePrice(opinion.price)}`).join('')
	const held = since === null ? '' : `, held since ${timeText(since)}`
	const end = until === null ? '' : `, until ${timeText(until)}`
	return `${id}  ${sku}: ${describeChange(hold)}, from ${source}${others}${held}${end}: ${oneLine(title)}`
}

/** The price of the product now, the price that waits, and the rule that holds it. */
export function describeChange({ currentPrice, newPrice, rule, figures }: HeldPrice__Output): string {
	const { changePercent, maxPriceChangePercent: limit } = figures
	const change = changePercent === undefined ? '' : ` by ${shortNumber(Math.abs(changePercent))} %`
	const most = limit === undefined ? '' : ` where ${shortNumber(limit)} % is the limit`
	return `${describePrice(currentPrice)} to ${describePrice(newPrice)} (${rule}${change}${most})`
}

/** A price such as "19.99 EUR". */
export function describePrice(price: Money__Output | null): string {
	return price === null ? 'no price' : `${majorUnits(price.amountMinor, price.currencyCode)} ${price.currencyCode}`
}

const timeText = (time: Parameters<typeof millisecondsOf>[0]) => new Date(millisecondsOf(time)).toISOString()

function shortNumber(number: number): string {
	return String(Math.round(number * 10) / 10)
}
