import { type ServiceError, status } from '@grpc/grpc-js'
import { type ErrorDetails, errorDetailsMetadata, type FieldViolation } from '@mercat/catalog-api/errors'
import { DatabaseUnavailableError, OutOfTimeError } from '@mercat/database/errors'

/** What callers can be told: the reason is the API, the text may change. */
export const errorTable = {
	INVALID_REQUEST: { status: status.INVALID_ARGUMENT, text: 'the request is not valid' },
	PAGE_TOKEN_INVALID: { status: status.INVALID_ARGUMENT, text: 'the page token does not belong to this query' },
	PRODUCT_NOT_FOUND: { status: status.NOT_FOUND, text: 'no such product' },
	PRODUCT_EXISTS: { status: status.ALREADY_EXISTS, text: 'a product with this sku exists' },
	ETAG_MISMATCH: { status: status.ABORTED, text: 'the product has changed since it was read' },
	STOCK_HELD: { status: status.FAILED_PRECONDITION, text: 'the stock cannot go below what is held' },
	UNAUTHENTICATED: { status: status.UNAUTHENTICATED, text: 'a valid token is required' },
	SCOPE_MISSING: { status: status.PERMISSION_DENIED, text: 'the token lacks a scope' },
	OVERLOADED: { status: status.RESOURCE_EXHAUSTED, text: 'too many requests are under way' },
	SHUTTING_DOWN: { status: status.UNAVAILABLE, text: 'this server is shutting down' },
	DATABASE_UNAVAILABLE: { status: status.UNAVAILABLE, text: 'the database does not answer' },
	INTERNAL: { status: status.INTERNAL, text: 'an unexpected error; it has been logged' },
} as const

export type ErrorReason = keyof typeof errorTable

/** An error that callers are told about, with its place in {@link errorTable}. */
export class CatalogError extends Error {
	override name = 'CatalogError'
	readonly reason: ErrorReason
	readonly details: Omit<ErrorDetails, 'reason'>

	constructor(reason: ErrorReason, details: Omit<ErrorDetails, 'reason'> & { cause?: unknown } = {}) {
		const { cause, ...rest } = details
		super(errorTable[reason].text, { cause })
		this.reason = reason
		this.details = rest
	}
}

/** A request that breaks its rules, with every field at fault. */
export function invalidRequest(fieldViolations: FieldViolation[]): CatalogError {
	return new CatalogError('INVALID_REQUEST', { fieldViolations: fieldViolations.slice(0, mostViolations) })
}

// Trailing metadata of more than a few kilobytes endangers the connection.
const mostViolations = 20

/** The one place where an error becomes a status. */
export function toServiceError(error: unknown): Partial<ServiceError> {
	if (error instanceof OutOfTimeError) return { code: status.DEADLINE_EXCEEDED, details: 'the deadline has passed' }
	const known = knownError(error)
	const { status: code, text } = errorTable[known.reason]
	return { code, details: text, metadata: errorDetailsMetadata(code, text, { reason: known.reason, ...known.details }) }
}

function knownError(error: unknown): CatalogError {
	if (error instanceof CatalogError) return error
	if (error instanceof DatabaseUnavailableError) return new CatalogError('DATABASE_UNAVAILABLE', { cause: error })
	return new CatalogError('INTERNAL', { cause: error })
}

/** Whether the error is nobody's mistake but ours, and belongs in the log whole. */
export function isUnexpected(error: unknown): boolean {
	return !(error instanceof CatalogError || error instanceof OutOfTimeError)
}
