import { majorUnits } from '@mercat/catalog-api/currencies'
import type { Money } from '@mercat/rest-api/money'

/** A time for a person: "29 November 2026 at 12:01:04 UTC". */
export function timeText(iso: string): string {
	const time = new Date(iso)
	const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
	return `${day} at ${time.toISOString().slice(11, 19)} UTC`
}

/** An amount for a person: "EUR 12.90". */
export function moneyText({ amountMinor, currency }: Money): string {
	return `${currency} ${majorUnits(amountMinor, currency)}`
}

/** "A", "A and B", "A, B and C". */
export function listText(parts: readonly string[]): string {
	return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}

/** The sentence ends with exactly one full stop. */
export function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`
}
