import { isAmount } from '@mercat/catalog-api/amounts'
import type { Money__Output, Money as MoneyMessage } from '@mercat/catalog-api/messages/Money'
import type { Money } from '@mercat/rest-api/money'
import { invalidAnswer } from './failures/invalid-answer.ts'

const currencyForm = /^[A-Z]{3}$/

export function isCurrency(text: string): boolean {
	return currencyForm.test(text)
}

/** @throws Problem CATALOG_ERROR when the catalog's message is no valid amount of money */
export function toMoney({ currencyCode, amountMinor }: Money__Output): Money {
	if (!isCurrency(currencyCode) || !isAmount(amountMinor)) throw invalidAnswer('an invalid price')
	return { amountMinor, currency: currencyCode }
}

export function toMoneyMessage({ currency, amountMinor }: Money): MoneyMessage {
	return { currencyCode: currency, amountMinor }
}
