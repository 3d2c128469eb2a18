import { isAmount } from '@mercat/catalog-api/amounts'
import { currencyDigits, minorUnits } from '@mercat/catalog-api/currencies'
import type { Money__Output } from '@mercat/catalog-api/messages/Money'
import { InvalidArgumentError } from 'commander'

const form = /^(\d{1,16}(?:\.\d{1,8})?)\s+([A-Za-z]{3})$/

/** Reads a price such as "19.99 EUR". */
export function toPrice(text: string): Money__Output {
	const [, decimal = '', code = ''] = form.exec(text.trim()) ?? []
	const currencyCode = code.toUpperCase()
	const digits = currencyDigits(currencyCode)
	if (digits === undefined) throw new InvalidArgumentError('It must be an amount and a currency, such as "19.99 EUR".')
	const amountMinor = minorUnits(decimal, digits)
	if (amountMinor === undefined || !isAmount(amountMinor))
		throw new InvalidArgumentError(`It must be exact in ${currencyCode}, which has ${digits} decimal places.`)
	return { currencyCode, amountMinor }
}
