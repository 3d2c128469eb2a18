import type { ErrorDetails } from '@mercat/catalog-api/errors'
import { type ErrorPlace, Problem, parameterPlace } from '@mercat/rest-api/problem'
import { argumentProblem } from './failures/argument-problem.ts'

// The place in a request of staff for each argument of the catalog's methods.
const places: Record<string, ErrorPlace> = {
	on_hand: { pointer: '#/onHand' },
	delta: { pointer: '#/delta' },
	reason: { pointer: '#/reason' },
	source: parameterPlace('source'),
	sku: parameterPlace('sku'),
	price: { pointer: '#/price' },
	'price.amount_minor': { pointer: '#/price/amountMinor' },
	'price.currency_code': { pointer: '#/price/currency' },
	'limits.floor': { pointer: '#/floor' },
	'limits.floor.amount_minor': { pointer: '#/floor/amountMinor' },
	'limits.floor.currency_code': { pointer: '#/floor/currency' },
	'limits.ceiling': { pointer: '#/ceiling' },
	'limits.ceiling.amount_minor': { pointer: '#/ceiling/amountMinor' },
	'limits.ceiling.currency_code': { pointer: '#/ceiling/currency' },
	page_size: parameterPlace('pageSize'),
	page_token: parameterPlace('pageToken'),
}

/**
 * The problem for an error of the catalog that a request with the caller's own token has caused; undefined for any other
 * error. Here the catalog checks the token, too.
 */
export function staffProblem(details: ErrorDetails): Problem | undefined {
	const { reason, metadata = {} } = details
	switch (reason) {
		case 'STOCK_HELD':
			return new Problem('STOCK_HELD', { sku: metadata['sku'], held: Number(metadata['held']) })
		case 'FEED_NOT_FOUND':
			return new Problem('FEED_NOT_FOUND')
		case 'HOLD_NOT_FOUND':
			return new Problem('HOLD_NOT_FOUND')
		case 'HOLD_CHANGED':
			return new Problem('HOLD_CHANGED', { state: metadata['state'] })
		case 'SCOPE_MISSING':
			return new Problem(
				'FORBIDDEN',
				{},
				{ detail: `The catalog finds that the token lacks the scope ${metadata['scope']}.` },
			)
		case 'UNAUTHENTICATED':
			return new Problem('UNAUTHENTICATED', {}, { detail: 'The catalog does not accept the token.' })
	}
	return argumentProblem(details, (field) => places[field] ?? { pointer: '#' })
}
