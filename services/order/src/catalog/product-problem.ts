import type { ErrorDetails } from '@mercat/catalog-api/errors'
import { type ErrorPlace, Problem, parameterPlace } from '@mercat/order-api/problem'

// The parameter of `GET /v1/products` for each argument of the catalog's search.
const parameters: Record<string, string> = {
	query: 'q',
	'filter.categories': 'category',
	'filter.brands': 'brand',
	'filter.in_stock': 'inStock',
	'filter.currency_code': 'currency',
	'filter.min_amount_minor': 'minPrice',
	'filter.max_amount_minor': 'maxPrice',
	order_by: 'orderBy',
	page_size: 'pageSize',
	page_token: 'pageToken',
}

/** The problem for an error of the catalog that the client's own request has caused; undefined for any other error. */
export function productProblem({ reason, fieldViolations = [] }: ErrorDetails): Problem | undefined {
	switch (reason) {
		case 'PRODUCT_NOT_FOUND':
			return new Problem('PRODUCT_NOT_FOUND')
		case 'PAGE_TOKEN_INVALID':
			return new Problem('INVALID_REQUEST', {
				errors: [{ ...parameterPlace('pageToken'), code: 'pageToken', detail: 'must belong to this query' }],
			})
		case 'INVALID_REQUEST':
			return new Problem('INVALID_REQUEST', {
				errors: fieldViolations.map(({ field, description }) => ({
					...placeOf(field),
					code: 'invalid',
					detail: description,
				})),
			})
	}
	return undefined
}

// The catalog's `filter.brands[1]` becomes `#/brand/1`.
function placeOf(field: string): ErrorPlace {
	const [, name = '', index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(field) ?? []
	const parameter = parameters[name] ?? name
	return index === undefined ? parameterPlace(parameter) : { pointer: `#/${parameter}/${index}`, parameter }
}
