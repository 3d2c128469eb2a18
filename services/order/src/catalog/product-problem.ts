import type { ErrorDetails } from '@mercat/catalog-api/errors'
import { type ErrorPlace, type Problem, parameterPlace } from '@mercat/rest-api/problem'
import { argumentProblem } from './failures/argument-problem.ts'

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
	attribute_facets: 'attributeFacets',
	// Of the history of prices.
	from: 'from',
	to: 'to',
	step: 'step',
	page_size: 'pageSize',
	page_token: 'pageToken',
}

/** The problem for an error of the catalog that the client's own request has caused; undefined for any other error. */
export function productProblem(details: ErrorDetails): Problem | undefined {
	return argumentProblem(details, placeOf)
}

/** The same for `GET /v1/suggestions`. */
export function suggestionProblem(details: ErrorDetails): Problem | undefined {
	return argumentProblem(details, (field) => parameterPlace(field === 'prefix' ? 'q' : field))
}

// The catalog's `filter.brands[1]` becomes `#/brand/1`.
function placeOf(field: string): ErrorPlace {
	const [, name = '', index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(field) ?? []
	const parameter = parameters[name] ?? name
	return index === undefined ? parameterPlace(parameter) : { pointer: `#/${parameter}/${index}`, parameter }
}
