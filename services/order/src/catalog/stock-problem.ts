import type { ErrorDetails } from '@mercat/catalog-api/errors'
import { type ErrorPlace, Problem, parameterPlace } from '@mercat/order-api/problem'

// The place in a request of staff for each argument of the catalog's methods about stock.
const places: Record<string, ErrorPlace> = {
	on_hand: { pointer: '#/onHand' },
	delta: { pointer: '#/delta' },
	reason: { pointer: '#/reason' },
	page_size: parameterPlace('pageSize'),
	page_token: parameterPlace('pageToken'),
}

/**
 * The problem for an error of the catalog that a request with the caller's own token has caused; undefined for any other
 * error. Here the catalog checks the token, too.
 */
export function stockProblem({ reason, metadata = {}, fieldViolations = [] }: ErrorDetails): Problem | undefined {
	switch (reason) {
		case 'PRODUCT_NOT_FOUND':
			return new Problem('PRODUCT_NOT_FOUND')
		case 'STOCK_HELD':
			return new Problem('STOCK_HELD', { sku: metadata['sku'], held: Number(metadata['held']) })
		case 'SCOPE_MISSING':
			return new Problem(
				'FORBIDDEN',
				{},
				{ detail: `The catalog finds that the token lacks the scope ${metadata['scope']}.` },
			)
		case 'UNAUTHENTICATED':
			return new Problem('UNAUTHENTICATED', {}, { detail: 'The catalog does not accept the token.' })
		case 'PAGE_TOKEN_INVALID':
			return new Problem('INVALID_REQUEST', {
				errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
			})
		case 'INVALID_REQUEST':
			return new Problem('INVALID_REQUEST', {
				errors: fieldViolations.map(({ field, description }) => ({
					...(places[field] ?? { pointer: '#' }),
					code: 'invalid',
					detail: description,
				})),
			})
	}
	return undefined
}
