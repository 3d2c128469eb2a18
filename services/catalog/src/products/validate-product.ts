import { categoryPath } from '@mercat/catalog-api/categories'
import type { FieldViolation } from '@mercat/catalog-api/errors'
import type { Product__Output as ProductMessage } from '@mercat/catalog-api/messages/Product'
import { invalidRequest } from '@mercat/grpc-service/invalid-request'
import { skuProblem } from '@mercat/grpc-service/skus'
import { textProblem } from '../errors/field-problems.ts'
import { groupProblem } from '../errors/identifiers.ts'
import { moneyViolations } from '../errors/money-violations.ts'
import type { ProductFields } from './product.ts'
import { tidyAttributes } from './tidy-attributes.ts'

const mostAttributes = 50
const mostImageUrls = 20
const longestKey = 40

/**
 * The fields of a product as a caller sent it.
 *
 * @throws GeneralError INVALID_REQUEST, which names every field at fault
 */
export function validProduct(message: ProductMessage | null): ProductFields {
	const violations = productViolations(message)
	if (message === null || violations.length > 0) throw invalidRequest(violations)
	return productFields(message)
}

/** The fields of a product that a caller means. */
export type FieldChoice = {
	/** Such as `title`, `image_urls` and, for all of them, `attributes`. */
	paths: ReadonlySet<string>
	/** Single attributes. */
	attributeNames: readonly string[]
}

/**
 * Everything that is wrong with a product as a caller sent it. Output-only fields are ignored.
 *
 * @param chosen the fields that are looked at, besides the sku; all of them unless given
 */
export function productViolations(message: ProductMessage | null, chosen?: FieldChoice): FieldViolation[] {
	if (message === null) return [{ field: 'product', description: 'is required' }]
	const violations: FieldViolation[] = []
	const check = (field: string, problem: string | undefined) => {
		if (problem !== undefined) violations.push({ field: `product.${field}`, description: problem })
	}
	const has = (path: string) => chosen === undefined || chosen.paths.has(path)
	check('sku', skuProblem(message.sku))
	if (has('title')) check('title', textProblem(message.title, { min: 1, max: 200 }))
	if (has('description')) check('description', textProblem(message.description, { max: 5000, multiline: true }))
	if (has('brand')) check('brand', textProblem(message.brand, { max: 100 }))
	if (has('category') && message.category !== '') check('category', categoryProblem(categoryPath(message.category)))
	if (has('price')) violations.push(...moneyViolations('product.price', message.price))
	if (has('attributes')) checkAttributes(message.attributes, check)
	else if (chosen) checkNamedAttributes(attributesOf(message, chosen.attributeNames), check)
	if (has('image_urls')) checkImageUrls(message.imageUrls, check)
	if (has('group')) check('group', groupProblem(message.group))
	return violations
}

/** The named attributes of a message. One that it lacks is empty. */
export function attributesOf({ attributes }: ProductMessage, names: readonly string[]): Record<string, string> {
	return Object.fromEntries(
		names.map((name) => [name, (Object.hasOwn(attributes, name) ? attributes[name] : undefined) ?? '']),
	)
}

/** What is wrong with a number of attributes; `undefined` when nothing is. */
export function attributeCountProblem(count: number): string | undefined {
	return count > mostAttributes ? `must have at most ${mostAttributes} entries` : undefined
}

/**
 * The fields of a message in which {@link productViolations} found nothing, as the catalog keeps them: without white space
 * at the ends of texts, and with `/` between the parts of a category.
 */
export function productFields({ price, ...message }: ProductMessage): ProductFields {
	return {
		sku: message.sku,
		title: message.title.trim(),
		description: message.description.trim(),
		brand: message.brand.trim(),
		category: categoryPath(message.category),
		currency: price?.currencyCode ?? '',
		amountMinor: price?.amountMinor ?? 0,
		attributes: tidyAttributes(message.attributes),
		imageUrls: message.imageUrls,
		group: message.group,
	}
}

export function categoryProblem(category: string): string | undefined {
	const problem = textProblem(category, { min: 1, max: 200 })
	if (problem !== undefined) return problem
	const hasEmptyPart = category.split('/').some((part) => part.trim() === '')
	return hasEmptyPart ? 'must be a path such as "Home/Kitchen", without empty parts' : undefined
}

type Check = (field: string, problem: string | undefined) => void

function checkAttributes(attributes: Record<string, string>, check: Check): void {
	const entries = Object.entries(attributes)
	check('attributes', attributeCountProblem(entries.length))
	if (new Set(entries.map(([key]) => key.trim())).size < entries.length) {
		check('attributes', 'must not have two keys that differ only in white space at their ends')
	}
	for (const [key, value] of entries.slice(0, mostAttributes)) {
		const problem = keyProblem(key)
		if (problem !== undefined) check('attributes', problem)
		else check(`attributes["${key}"]`, textProblem(value, { max: 500 }))
	}
}

// A mask may clear attributes that the product lacks, and so have more names than a product. A file with a column for
// each attribute of a catalog has such masks.
function checkNamedAttributes(attributes: Record<string, string>, check: Check): void {
	const entries = Object.entries(attributes)
	for (const [key, value] of entries) if (value === '') check('attributes', keyProblem(key))
	checkAttributes(Object.fromEntries(entries.filter(([, value]) => value !== '')), check)
}

function keyProblem(key: string): string | undefined {
	const problem = textProblem(key, { min: 1, max: longestKey })
	return problem && `every key ${problem}, unlike ${beginningOf(key)}`
}

function checkImageUrls(imageUrls: readonly string[], check: Check): void {
	check('image_urls', imageUrls.length > mostImageUrls ? `must have at most ${mostImageUrls} items` : undefined)
	for (const [index, url] of imageUrls.slice(0, mostImageUrls).entries()) {
		check(`image_urls[${index}]`, imageUrlProblem(url))
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
