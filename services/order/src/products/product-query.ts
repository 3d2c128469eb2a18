import type { ErrorDetails } from '@mercat/catalog-api/errors'
import type { Product__Output } from '@mercat/catalog-api/messages/Product'
import type { SearchProductsRequest } from '@mercat/catalog-api/messages/SearchProductsRequest'
import type { SearchProductsResponse__Output } from '@mercat/catalog-api/messages/SearchProductsResponse'
import { Problem } from '@mercat/order-api/problems'
import type { ProductList, ProductQuery, ProductView } from '@mercat/order-api/schemas'
import { nonsense, toMoney } from '../catalog/reservation-messages.ts'

// The catalog's names of the arguments, and those of the query.
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

// More is as much; the wire's integers are smaller than those of a query.
const largestPageSize = 100

/** The catalog's search for the query of `GET /v1/products`. */
export function toSearchRequest(query: ProductQuery): SearchProductsRequest {
	return {
		query: query.q,
		filter: {
			categories: query.category,
			brands: query.brand,
			inStock: query.inStock,
			currencyCode: query.currency,
			...(query.minPrice !== undefined && { minAmountMinor: query.minPrice }),
			...(query.maxPrice !== undefined && { maxAmountMinor: query.maxPrice }),
		},
		orderBy: query.orderBy,
		pageSize: Math.min(query.pageSize, largestPageSize),
		pageToken: query.pageToken,
	}
}

export function toProductList(response: SearchProductsResponse__Output): ProductList {
	const { products, nextPageToken, totalSize, totalSizeExact, facets } = response
	return { products: products.map(toProductView), nextPageToken, totalSize, totalSizeExact, facets }
}

export function toProductView(product: Product__Output): ProductView {
	const { sku, title, description, brand, category, price, attributes, imageUrls, state, availableQuantity, etag } =
		product
	const productState = productStates[state]
	if (price === null || productState === undefined) throw nonsense('a product without price or state')
	return {
		sku,
		title,
		description,
		brand,
		category,
		price: toMoney(price),
		attributes,
		imageUrls,
		state: productState,
		availableQuantity,
		etag,
		createTime: toIsoTime(product.createTime),
		updateTime: toIsoTime(product.updateTime),
	}
}

/** An error of the catalog that is about the client's own words. */
export function productProblem({ reason, fieldViolations = [] }: ErrorDetails): Problem | undefined {
	switch (reason) {
		case 'PRODUCT_NOT_FOUND':
			return new Problem('PRODUCT_NOT_FOUND')
		case 'PAGE_TOKEN_INVALID':
			return new Problem('INVALID_REQUEST', {
				errors: [{ pointer: '#/pageToken', code: 'pageToken', detail: 'does not belong to this query' }],
			})
		case 'INVALID_REQUEST':
			return new Problem('INVALID_REQUEST', {
				errors: fieldViolations.map(({ field, description }) => ({
					pointer: pointerOf(field),
					code: 'invalid',
					detail: description,
				})),
			})
	}
	return undefined
}

// `filter.brands[1]` is `#/brand/1` here.
function pointerOf(field: string): string {
	const [, name = '', index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(field) ?? []
	const parameter = parameters[name] ?? name
	return index === undefined ? `#/${parameter}` : `#/${parameter}/${index}`
}

const productStates: Partial<Record<string, string>> = { STATE_ACTIVE: 'ACTIVE', STATE_ARCHIVED: 'ARCHIVED' }

function toIsoTime(time: Product__Output['createTime']): string {
	const date = new Date(time === null ? Number.NaN : time.seconds * 1000 + time.nanos / 1e6)
	if (Number.isNaN(date.getTime())) throw nonsense('a time that is none')
	return date.toISOString()
}
