import { currencyDigits } from '@mercat/catalog-api/currencies'
import { InvalidArgumentError } from 'commander'
import { lifetimeRule, parseLifetimeMs } from '../command/lifetime.ts'

export type CurrencySwitch = { currency: string; afterMs: number }

export function toPort(text: string): number {
	const port = /^\d+$/.test(text) ? Number(text) : Number.NaN
	if (!(port <= 65_535)) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
	return port
}

/** Reads a whole number from 1 on. */
export function toCount(largest: number): (text: string) => number {
	return (text) => {
		const count = /^\d+$/.test(text) ? Number(text) : 0
		if (count < 1 || count > largest) throw new InvalidArgumentError(`It must be a whole number from 1 to ${largest}.`)
		return count
	}
}

/** Reads percent as a share from 0 to 1. */
export function toShare(text: string): number {
	const percent = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
	if (!(percent <= 100)) throw new InvalidArgumentError('It must be a number from 0 to 100.')
	return percent / 100
}

export function toTimeMs(text: string): number {
	const ms = parseLifetimeMs(text)
	if (ms === undefined) throw new InvalidArgumentError(lifetimeRule)
	return ms
}

export function toClockOffsetMs(text: string): number {
	const ms = parseLifetimeMs(text.slice(1))
	if (!/^[+-]/.test(text) || ms === undefined)
		throw new InvalidArgumentError('It must be + or - and a time, such as +1h or -10m.')
	return text.startsWith('-') ? -ms : ms
}

export function toSwitch(text: string): CurrencySwitch {
	const [currency = '', time = ''] = text.split('@')
	const afterMs = parseLifetimeMs(time)
	if (currencyDigits(currency) === undefined || afterMs === undefined)
		throw new InvalidArgumentError('It must be a currency, @ and a time, such as USD@30s.')
	return { currency, afterMs }
}
