import type { ErrorDetails, FieldViolation } from '@mercat/catalog-api/errors'

/** What callers can be told, by reason. The reason is the API; the text may change. */
export const errorTexts = {
	INVALID_REQUEST: 'the request is not valid',
	PAGE_TOKEN_INVALID: 'the page token does not belong to this query',
	PRODUCT_NOT_FOUND: 'no such product',
	PRODUCT_EXISTS: 'a product with this sku exists',
	ETAG_MISMATCH: 'the product has changed since it was read',
	STOCK_HELD: 'the stock cannot go below what is held',
	FEED_NOT_FOUND: 'no such feed',
	FEED_RUN_ACTIVE: 'another run of this feed is under way',
	FEED_RUN_ENDED: 'the run has ended, or another one has begun',
	HOLD_NOT_FOUND: 'no such held price',
	HOLD_CHANGED: 'the held price has changed since it was read, or is no longer held',
	RESUME_TOKEN_EXPIRED: 'changes after the resume token are no longer known',
	UNAUTHENTICATED: 'a valid token is required',
	SCOPE_MISSING: 'the token lacks a scope',
	OVERLOADED: 'too many requests are under way',
	SHUTTING_DOWN: 'the catalog is shutting down',
	DATABASE_UNAVAILABLE: 'the database does not answer',
	INTERNAL: 'an unexpected error; it has been logged',
} as const

export type ErrorReason = keyof typeof errorTexts

type Details = Omit<ErrorDetails, 'reason'>

/** An error that callers are told about, with its reason and its details. */
export class CatalogError extends Error {
	override name = 'CatalogError'
	readonly reason: ErrorReason
	readonly details: Details

	/** `text` takes the place of the reason's usual text. */
	constructor(reason: ErrorReason, { cause, text, ...details }: Details & { cause?: unknown; text?: string } = {}) {
		super(text ?? errorTexts[reason], { cause })
		this.reason = reason
		this.details = details
	}
}

// Trailing metadata of more than a few kilobytes endangers the connection.
const mostViolations = 20
const longestText = 200

/** The error for a request that is not valid. It names the fields at fault; its text names the first of them. */
export function invalidRequest(fieldViolations: FieldViolation[]): CatalogError {
	return new CatalogError('INVALID_REQUEST', {
		text: textOf(fieldViolations),
		fieldViolations: fieldViolations.slice(0, mostViolations),
	})
}

function textOf([first, ...others]: FieldViolation[]): string | undefined {
	if (first === undefined) return undefined
	const text = `${first.field} ${first.description}`.trim()
	const bounded = text.length > longestText ? `${text.slice(0, longestText).toWellFormed()} …` : text
	return others.length === 0 ? bounded : `${bounded} (and ${others.length} more)`
}

/** The error for a request in which one field is not valid. `description` completes a sentence after the field's name. */
export function invalidField(field: string, description: string): CatalogError {
	return invalidRequest([{ field, description }])
}

/** The error for a token with none of the scopes that permit the method. Text and metadata name the scopes. */
export function scopeMissing(scopes: readonly string[]): CatalogError {
	return new CatalogError('SCOPE_MISSING', {
		text: `the token lacks the scope ${scopes.join(' or ')}`,
		metadata: { scope: scopes.join(',') },
	})
}

/** The error for skus that no product has. It names each of them once. */
export function productNotFound(skus: readonly string[]): CatalogError {
	return new CatalogError('PRODUCT_NOT_FOUND', { metadata: { skus: [...new Set(skus)].join(',') } })
}
