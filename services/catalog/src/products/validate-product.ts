import { currencyDigits } from '@mercat/catalog-api/currencies'
import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { Money__Output as MoneyMessage } from '@mercat/catalog-api/messages/Money'
import type { Product__Output as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { invalidRequest } from '../errors/catalog-error.ts'
import { amountProblem, textProblem } from '../errors/field-problems.ts'
import { skuProblem } from '../errors/identifiers.ts'
import type { ProductFields } from './product.ts'

const mostAttributes = 50
const mostImageUrls = 20
const longestKey = 40

/**
 * The fields of a product as a caller sent it.
 *
 * @throws CatalogError INVALID_REQUEST, which names every field at fault
 */
export function validProduct(message: ProductMessage | null): ProductFields {
	const violations = productViolations(message)
	if (message === null || violations.length > 0) throw invalidRequest(violations)
	return productFields(message)
}

/** Everything that is wrong with a product as a caller sent it. Output-only fields are ignored. */
export function productViolations(message: ProductMessage | null): FieldViolation[] {
	if (message === null) return [{ field: 'product', description: 'is required' }]
	const violations: FieldViolation[] = []
	const check = (field: string, problem: string | undefined) => {
		if (problem !== undefined) violations.push({ field: `product.${field}`, description: problem })
	}
	check('sku', skuProblem(message.sku))
	check('title', textProblem(message.title, { min: 1, max: 200 }))
	check('description', textProblem(message.description, { max: 5000, multiline: true }))
	check('brand', textProblem(message.brand, { max: 100 }))
	check('category', message.category === '' ? undefined : categoryProblem(message.category))
	checkPrice(message.price, check)
	checkAttributes(message.attributes, check)
	check('image_urls', message.imageUrls.length > mostImageUrls ? `must have at most ${mostImageUrls} items` : undefined)
	for (const [index, url] of message.imageUrls.slice(0, mostImageUrls).entries()) {
		check(`image_urls[${index}]`, imageUrlProblem(url))
	}
	return violations
}

/** The fields of a message in which {@link productViolations} found nothing. */
export function productFields({ price, ...message }: ProductMessage): ProductFields {
	return {
		sku: message.sku,
		title: message.title,
		description: message.description,
		brand: message.brand,
		category: message.category,
		currency: price?.currencyCode ?? '',
		amountMinor: price?.amountMinor ?? 0,
		attributes: message.attributes,
		imageUrls: message.imageUrls,
	}
}

export function categoryProblem(category: string): string | undefined {
	const problem = textProblem(category, { min: 1, max: 200 })
	if (problem !== undefined) return problem
	const hasEmptyPart = category.split('/').some((part) => part.trim() === '')
	return hasEmptyPart ? 'must be a path such as "Home/Kitchen", without empty parts' : undefined
}

export function currencyProblem(code: string): string | undefined {
	return currencyDigits(code) !== undefined ? undefined : 'must be a currency code of ISO 4217, such as "EUR"'
}

type Check = (field: string, problem: string | undefined) => void

function checkPrice(price: MoneyMessage | null, check: Check): void {
	if (price === null) {
		check('price', 'is required')
		return
	}
	check('price.currency_code', currencyProblem(price.currencyCode))
	check('price.amount_minor', amountProblem(price.amountMinor))
}

function checkAttributes(attributes: Record<string, string>, check: Check): void {
	const entries = Object.entries(attributes)
	check('attributes', entries.length > mostAttributes ? `must have at most ${mostAttributes} entries` : undefined)
	for (const [key, value] of entries.slice(0, mostAttributes)) {
		const keyProblem = textProblem(key, { min: 1, max: longestKey })
		if (keyProblem !== undefined) check('attributes', `every key ${keyProblem}, unlike ${beginningOf(key)}`)
		else check(`attributes["${key}"]`, textProblem(value, { max: 500 }))
	}
}

// An invalid key may have any length and any characters.
function beginningOf(key: string): string {
	const beginning = JSON.stringify(key.slice(0, longestKey).toWellFormed())
	return key.length > longestKey ? `${beginning} …` : beginning
}

function imageUrlProblem(url: string): string | undefined {
	const problem = textProblem(url, { min: 1, max: 2000 })
	if (problem !== undefined) return problem
	return /^https?:\/\/\S+$/i.test(url) && URL.canParse(url) ? undefined : 'must be an http or https URL'
}
