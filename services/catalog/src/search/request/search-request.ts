import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { ProductFilter__Output as Filter } from '@mercat/catalog-api/messages/ProductFilter'
import type { SearchProductsRequest__Output as Request } from '@mercat/catalog-api/messages/SearchProductsRequest'
import { invalidRequest } from '@mercat/grpc-service/invalid-request'
import { pageSizeProblem } from '@mercat/grpc-service/page-size'
import { amountProblem, textProblem } from '../../errors/field-problems.ts'
import { currencyProblem } from '../../errors/money-violations.ts'
import { categoryProblem } from '../../products/validate-product.ts'

const orders = ['relevance', 'price', 'price desc', 'newest'] as const

export type SearchOrder = (typeof orders)[number]

export type Search = {
	/** As the caller wrote it. */
	query: string
	/** Any of these categories or of the categories below them; an empty list means all. */
	categories: string[]
	/** Any of these brands; an empty list means all. */
	brands: string[]
	/** Only products that can be sold now. */
	inStock: boolean
	currency: string | undefined
	minAmountMinor: number | undefined
	maxAmountMinor: number | undefined
	order: SearchOrder
	/** Of the products of one group, only the best one is shown. */
	collapse: boolean
	/** The names of attributes whose values are counted. */
	attributeFacets: string[]
}

// A number that the protocol does not know comes as a number.
const collapses = new Set<Request['collapse']>(['COLLAPSE_UNSPECIFIED', 'COLLAPSE_GROUP'])

const longestQuery = 20_000
const mostFilterValues = 50
const mostAttributeFacets = 10
const longestAttributeName = 40

/** @throws GeneralError INVALID_REQUEST, which names every field at fault */
export function validSearch(request: Request): Search {
	const { query, filter, orderBy, pageSize, attributeFacets, collapse } = request
	const order = orders.find((name) => name === (orderBy || 'relevance'))
	const violations = filter === null ? [] : filterViolations(filter)
	const check = (field: string, problem: string | undefined) => {
		if (problem !== undefined) violations.push({ field, description: problem })
	}
	check('query', query.length > longestQuery ? `must have at most ${longestQuery} characters` : undefined)
	check('order_by', order === undefined ? `must be one of ${orders.join(', ')}` : undefined)
	check('collapse', collapses.has(collapse) ? undefined : `must be one of ${[...collapses].join(', ')}`)
	check('page_size', pageSizeProblem(pageSize))
	if (order?.startsWith('price') && !filter?.currencyCode) {
		check('filter.currency_code', 'is required by an order by price')
	}
	check('attribute_facets', listProblem(attributeFacets, mostAttributeFacets))
	for (const [index, name] of attributeFacets.slice(0, mostAttributeFacets).entries()) {
		check(`attribute_facets[${index}]`, textProblem(name, { min: 1, max: longestAttributeName }))
	}
	if (order === undefined || violations.length > 0) throw invalidRequest(violations)

	return {
		query,
		categories: filter?.categories ?? [],
		brands: filter?.brands ?? [],
		inStock: filter?.inStock ?? false,
		currency: filter?.currencyCode || undefined,
		minAmountMinor: filter?.minAmountMinor,
		maxAmountMinor: filter?.maxAmountMinor,
		order,
		collapse: collapse === 'COLLAPSE_GROUP',
		// Each name has one facet.
		attributeFacets: [...new Set(attributeFacets)],
	}
}

function filterViolations({
	categories,
	brands,
	currencyCode,
	minAmountMinor,
	maxAmountMinor,
}: Filter): FieldViolation[] {
	const violations: FieldViolation[] = []
	const check = (field: string, problem: string | undefined) => {
		if (problem !== undefined) violations.push({ field: `filter.${field}`, description: problem })
	}
	checkValues('categories', categories, categoryProblem, check)
	checkValues('brands', brands, (brand) => textProblem(brand, { min: 1, max: 100 }), check)
	if (currencyCode !== '') check('currency_code', currencyProblem(currencyCode))
	if (minAmountMinor !== undefined) check('min_amount_minor', amountProblem(minAmountMinor))
	if (maxAmountMinor !== undefined) check('max_amount_minor', amountProblem(maxAmountMinor))
	if (minAmountMinor !== undefined && maxAmountMinor !== undefined && minAmountMinor > maxAmountMinor) {
		check('min_amount_minor', 'must not be above max_amount_minor')
	}
	if (currencyCode === '' && (minAmountMinor !== undefined || maxAmountMinor !== undefined)) {
		check('currency_code', 'is required by a price bound')
	}
	return violations
}

function checkValues(
	field: string,
	values: readonly string[],
	problemOf: (value: string) => string | undefined,
	check: (field: string, problem: string | undefined) => void,
): void {
	check(field, listProblem(values, mostFilterValues))
	for (const [index, value] of values.slice(0, mostFilterValues).entries())
		check(`${field}[${index}]`, problemOf(value))
}

function listProblem(values: readonly string[], most: number): string | undefined {
	return values.length > most ? `must have at most ${most} items` : undefined
}
