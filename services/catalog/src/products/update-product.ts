import type { UpdateProductRequest__Output as Request } from '@mercat/catalog-api/messages/UpdateProductRequest'
import type { UpdateProductResponse as Response } from '@mercat/catalog-api/messages/UpdateProductResponse'
import { invalidField, invalidRequest } from '@mercat/grpc-service/invalid-request'
import type { Budget } from '@mercat/service/budget'
import { CatalogError, productNotFound } from '../errors/catalog-error.ts'
import { type EditedProduct, etagOf, type Product, type ProductFields, toProductMessage } from './product.ts'
import { productFields, productViolations } from './validate-product.ts'

export type ChangeProductNeeds = {
	/** The product as `change` makes it; `undefined` when there is none. */
	changeProduct(sku: string, change: (current: EditedProduct) => Product, budget: Budget): Promise<Product | undefined>
}

export function updateProduct({ changeProduct }: ChangeProductNeeds) {
	return async (request: Request, budget: Budget): Promise<Response> => {
		const { sku, etag, changes, isWhole } = validUpdate(request)
		const product = await changeProduct(
			sku,
			(current) => {
				checkEtag(current, etag)
				// A caller that sends back a whole product has not set the price that it has read.
				const keepsPrice = isWhole && etag !== '' && isEtagPrice(current, changes)
				return { ...current, ...(keepsPrice ? withoutPrice(changes) : changes) }
			},
			budget,
		)
		if (product === undefined) throw productNotFound([sku])
		return { product: toProductMessage(product) }
	}
}

/**
 * @param etag as a caller sent it; an empty one fits any version
 * @throws CatalogError ETAG_MISMATCH
 */
export function checkEtag(current: Product, etag: string): void {
	if (etag !== '' && etag !== etagOf(current)) {
		throw new CatalogError('ETAG_MISMATCH', { metadata: { sku: current.sku } })
	}
}

// Prices may come without a new etag. So the product may have another price than the one that was read with its etag.
function isEtagPrice({ etagPrices }: EditedProduct, { currency, amountMinor }: Partial<ProductFields>): boolean {
	return etagPrices.some((price) => price.currency === currency && price.amountMinor === amountMinor)
}

function withoutPrice({ currency: _, amountMinor: __, ...others }: Partial<ProductFields>): Partial<ProductFields> {
	return others
}

// Every path that an update mask may name, with the fields that it changes.
const changeable = new Map<string, (keyof ProductFields)[]>([
	['title', ['title']],
	['description', ['description']],
	['brand', ['brand']],
	['category', ['category']],
	['price', ['currency', 'amountMinor']],
	['price.currency_code', ['currency']],
	['price.amount_minor', ['amountMinor']],
	['attributes', ['attributes']],
	['image_urls', ['imageUrls']],
	['group', ['group']],
])

function validUpdate({ product: message, updateMask }: Request) {
	// An empty mask and `*` mean every path (AIP-134).
	const given = updateMask?.paths ?? []
	const isWhole = given.length === 0 || (given.length === 1 && given[0] === '*')
	const paths = isWhole ? [...changeable.keys()] : maskPaths(given)
	// A field that the mask leaves out may be missing or wrong.
	const violations = productViolations(message).filter(({ field }) =>
		['sku', ...paths].some((path) => isWithin(field, `product.${path}`) || isWithin(`product.${path}`, field)),
	)
	if (message === null || violations.length > 0) throw invalidRequest(violations)
	const fields = productFields(message)
	const changed = new Set(paths.flatMap((path) => changeable.get(path) ?? []))
	const changes = Object.fromEntries(
		Object.entries(fields).filter(([field]) => changed.has(field as keyof ProductFields)),
	)
	return { sku: message.sku, etag: message.etag, changes: changes as Partial<ProductFields>, isWhole }
}

function maskPaths(paths: readonly string[]): string[] {
	const unknown = paths.findIndex((path) => !changeable.has(path))
	if (unknown !== -1) {
		const description = `must be one of ${[...changeable.keys()].join(', ')}`
		throw invalidField(`update_mask.paths[${unknown}]`, description)
	}
	return [...paths]
}

function isWithin(field: string, path: string): boolean {
	return field === path || field.startsWith(`${path}.`) || field.startsWith(`${path}[`)
}
