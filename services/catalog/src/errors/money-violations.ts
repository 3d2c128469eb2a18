import { currencyDigits } from '@mercat/catalog-api/currencies'
import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { Money__Output as MoneyMessage } from '@mercat/catalog-api/messages/Money'
import { amountProblem } from './field-problems.ts'

/** Everything that is wrong with a price in the field of a request, which must have one. */
export function moneyViolations(field: string, money: MoneyMessage | null): FieldViolation[] {
	if (money === null) return [{ field, description: 'is required' }]
	const problems = [
		{ field: `${field}.currency_code`, description: currencyProblem(money.currencyCode) },
		{ field: `${field}.amount_minor`, description: amountProblem(money.amountMinor) },
	]
	return problems.filter((problem): problem is FieldViolation => problem.description !== undefined)
}

/** What is wrong with the code of a currency; `undefined` when nothing is. */
export function currencyProblem(code: string): string | undefined {
	return currencyDigits(code) !== undefined ? undefined : 'must be a currency code of ISO 4217, such as "EUR"'
}
